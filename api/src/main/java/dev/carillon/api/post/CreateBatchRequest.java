package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.RequestReader;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.post.NewPost;
import io.micronaut.http.HttpRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several posts to accept.
 *
 * @param mode {@code atomic} (the default): all posts are accepted or none; {@code partial}: the valid posts are accepted
 * @param posts 1 to 100 posts, each as for a single post, without {@code wait}
 */
@Wire
@Schema(requiredProperties = "posts")
record CreateBatchRequest(
        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        BatchMode mode,

        @Limits(least = 1, most = CreateBatchRequest.MOST_POSTS)
        List<CreatePostRequest> posts) {
    static final int MOST_POSTS = 100;

    /** What happens to the other posts if one is refused. */
    enum BatchMode {
        @JsonProperty("atomic")
        ATOMIC,
        @JsonProperty("partial")
        PARTIAL
    }

    /** The request; each post is read only when it is needed. */
    record Wanted(BatchMode mode, List<Supplier<NewPost>> drafts) {}

    static Wanted read(HttpRequest<byte[]> request) {
        var batch = RequestReader.readSeparately(request, CreateBatchRequest.class, CreatePostRequest.class);
        var mode = batch.request().mode();
        return new Wanted(
                mode == null ? BatchMode.ATOMIC : mode,
                batch.entries().stream()
                        .<Supplier<NewPost>>map(post -> () -> draft(post.get()))
                        .toList());
    }

    private static NewPost draft(CreatePostRequest post) {
        var draft = post.toNewPost();
        if (!post.toWait().isZero()) {
            throw ErrorCode.INVALID_PARAMETER.at("/wait", "wait is not available in a batch; remove it.");
        }
        return draft;
    }
}
