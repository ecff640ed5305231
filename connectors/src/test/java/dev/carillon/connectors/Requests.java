package dev.carillon.connectors;

import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishRequest;
import dev.carillon.core.platform.ReplyTo;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds the requests that a worker passes to a connector. */
public record Requests(
        PublicationId publication,
        ConnectedAccount account,
        String text,
        Map<String, Object> settings,
        @Nullable ReplyTo replyTo,
        Checkpoint checkpoint,
        Consumer<Checkpoint> keep,
        Duration deadline) {
    public static Requests on(ConnectedAccount account) {
        return new Requests(
                new PublicationId(UUID.randomUUID()),
                account,
                "All bells ring at noon.",
                Map.of(),
                null,
                Checkpoint.NONE,
                kept -> {},
                Duration.ofSeconds(10));
    }

    public static ConnectedAccount account(
            Platform platform, Mode mode, String externalId, @Nullable String serviceUrl) {
        return new ConnectedAccount(
                new WorkspaceId(UUID.randomUUID()),
                mode,
                new AccountId(UUID.randomUUID()),
                platform,
                externalId,
                "alice.test",
                serviceUrl,
                null);
    }

    public Requests saying(String other) {
        return new Requests(publication, account, other, settings, replyTo, checkpoint, keep, deadline);
    }

    public Requests with(Map<String, Object> other) {
        return new Requests(publication, account, text, other, replyTo, checkpoint, keep, deadline);
    }

    public Requests answering(ReplyTo other) {
        return new Requests(publication, account, text, settings, other, checkpoint, keep, deadline);
    }

    public Requests after(Checkpoint other) {
        return new Requests(publication, account, text, settings, replyTo, other, keep, deadline);
    }

    public Requests keeping(Consumer<Checkpoint> other) {
        return new Requests(publication, account, text, settings, replyTo, checkpoint, other, deadline);
    }

    public Requests within(Duration other) {
        return new Requests(publication, account, text, settings, replyTo, checkpoint, keep, other);
    }

    public PublishRequest build() {
        return new PublishRequest(
                publication, account, text, settings, replyTo, checkpoint, keep, Deadline.in(deadline));
    }
}
