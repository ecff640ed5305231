package dev.carillon.api.post;

import dev.carillon.api.post.CreatePostRequest.PublishAt;
import dev.carillon.api.post.CreatePostRequest.PublishWord;
import dev.carillon.api.post.ReschedulePostRequest.NowWord;
import dev.carillon.core.post.NewPost.When;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the fields that say when to publish a post. */
final class PublishFields {
    private PublishFields() {}

    /**
     * When to publish; a draft if the field is absent.
     *
     * @param publish one of the types that the requests allow for the field
     */
    static When when(@Nullable Object publish, @Nullable Boolean allowPast) {
        return switch (publish) {
            case null -> new When.Draft();
            case PublishWord.DRAFT -> new When.Draft();
            case PublishWord.NOW -> new When.Now();
            case NowWord.NOW -> new When.Now();
            case PublishAt(Instant at) -> new When.At(at, Boolean.TRUE.equals(allowPast));
            default -> throw new IllegalArgumentException("no time: " + publish);
        };
    }
}
