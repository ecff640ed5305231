package dev.carillon.api.post;

import dev.carillon.api.problem.Problem;
import dev.carillon.core.kernel.Wire;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result for each post of a batch.
 *
 * @param object always {@code list}
 * @param data one entry for each post, in request order
 */
@Wire
record BatchResponse(String object, List<Item> data) {
    BatchResponse {
        data = List.copyOf(data);
    }

    /**
     * The result for one post.
     *
     * @param status 201, or the status of the error
     * @param post the post; null if it was refused
     * @param error why the post was refused, with pointers into the whole body; null if it was accepted
     */
    @Wire
    record Item(
            int status,
            @Nullable PostResponse post,
            @Nullable Problem error) {
        private static final int CREATED = 201;

        static Item accepted(PostResponse post) {
            return new Item(CREATED, post, null);
        }

        static Item refused(Problem error) {
            return new Item(error.status(), null, error);
        }
    }

    static BatchResponse of(List<Item> items) {
        return new BatchResponse("list", items);
    }
}
