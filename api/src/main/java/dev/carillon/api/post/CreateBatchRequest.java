package dev.carillon.api.post;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.api.input.JsonObject;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.post.NewPost;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Set;
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

        List<CreatePostRequest> posts) {
    private static final int LONGEST_WORD = 100;
    private static final int MOST_POSTS = 100;

    /** What happens to the other posts if one is refused. */
    enum BatchMode {
        @JsonProperty("atomic")
        ATOMIC,
        @JsonProperty("partial")
        PARTIAL
    }

    /** The request; each post is read only when it is needed. */
    record Wanted(BatchMode mode, List<Supplier<NewPost>> drafts) {}

    static Wanted read(JsonObject body) {
        body.only(Set.of("mode", "posts"));
        var posts = body.objects("posts", "{\"text\": \"Hello\", \"targets\": [%s]}".formatted(TargetFields.EXAMPLE));
        if (posts.isEmpty() || posts.size() > MOST_POSTS) {
            throw body.invalid(
                    "posts", "posts has %d entries; send between 1 and %d.".formatted(posts.size(), MOST_POSTS));
        }
        return new Wanted(
                mode(body),
                posts.stream().<Supplier<NewPost>>map(post -> () -> draft(post)).toList());
    }

    private static BatchMode mode(JsonObject body) {
        return switch (body.text("mode", LONGEST_WORD, "atomic")) {
            case null -> BatchMode.ATOMIC;
            case "atomic" -> BatchMode.ATOMIC;
            case "partial" -> BatchMode.PARTIAL;
            default -> throw body.invalid("mode", "mode must be \"atomic\" or \"partial\".");
        };
    }

    private static NewPost draft(JsonObject post) {
        var draft = CreatePostRequest.read(post);
        if (!CreatePostRequest.waitOf(post).isZero()) {
            throw post.invalid("wait", "wait is not available in a batch; remove it.");
        }
        return draft;
    }
}
