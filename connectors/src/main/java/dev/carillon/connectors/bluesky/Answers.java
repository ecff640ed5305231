package dev.carillon.connectors.bluesky;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replies of a server. Any field may be missing, because any server may answer. */
final class Answers {
    private Answers() {}

    @Serdeable
    record Trouble(@Nullable String error, @Nullable String message) {
        static final Trouble UNREADABLE = new Trouble(null, null);

        String name() {
            return error == null ? "" : error;
        }

        String text() {
            return message == null ? name() : name() + ": " + message;
        }
    }

    @Serdeable
    record Session(
            @Nullable String did,
            @Nullable String handle,
            @Nullable String accessJwt,
            @Nullable String refreshJwt,
            @Nullable DidDocument didDoc,
            @Nullable Boolean active,
            @Nullable String status) {
        boolean isActive() {
            return active == null || active;
        }

        Optional<Tokens> tokens() {
            return accessJwt == null || refreshJwt == null
                    ? Optional.empty()
                    : Optional.of(new Tokens(accessJwt, refreshJwt));
        }

        /** The server that hosts the account, according to its identity. */
        Optional<String> dataServer() {
            return Optional.ofNullable(didDoc).flatMap(DidDocument::dataServer);
        }
    }

    @Serdeable
    record DidDocument(@Nullable List<Service> service) {
        Optional<String> dataServer() {
            return service == null
                    ? Optional.empty()
                    : service.stream()
                            .filter(Service::isDataServer)
                            .map(Service::serviceEndpoint)
                            .flatMap(url -> Optional.ofNullable(url).stream())
                            .findFirst();
        }
    }

    @Serdeable
    record Service(@Nullable String id, @Nullable String serviceEndpoint) {
        boolean isDataServer() {
            return id != null && id.endsWith("#atproto_pds");
        }
    }

    @Serdeable
    record RecordRef(@Nullable String uri, @Nullable String cid) {
        boolean isComplete() {
            return uri != null && cid != null;
        }
    }

    /** The results are in the order of the writes. */
    @Serdeable
    record Writes(@Nullable List<RecordRef> results) {
        Optional<RecordRef> first() {
            return results == null ? Optional.empty() : results.stream().findFirst();
        }
    }

    @Serdeable
    record Resolved(@Nullable String did) {}
}
