package dev.carillon.core.platform;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A room whose accounts are linked by credentials that the caller sends. */
public interface LinksAccounts extends PlatformConnector {
    /**
     * Tries the credentials on the platform before anything is stored.
     *
     * @param input what the caller sent, by the names of the public API
     */
    Linking link(Map<String, String> input);

    /** What trying came to. */
    sealed interface Linking {
        record Linked(Identity identity, Credentials credentials) implements Linking {}

        /** The platform said no. */
        record CredentialRejected(String message) implements Linking {}

        /** A field is missing or cannot be right. */
        record InputRefused(String field, String message) implements Linking {}

        /** The platform could not be asked now. */
        record Unreachable(String message) implements Linking {}
    }

    /**
     * Who was linked.
     *
     * @param externalId who this is on the platform for good
     * @param client the OAuth client or server instance whose budget the account shares
     * @param accessExpiresAt business time at which access ends; null where that is not known, or never
     */
    record Identity(
            String externalId,
            String username,
            @Nullable String displayName,
            @Nullable String serviceUrl,
            String client,
            @Nullable Instant accessExpiresAt) {
        /** Access that is not known to end. */
        public Identity(
                String externalId,
                String username,
                @Nullable String displayName,
                @Nullable String serviceUrl,
                String client) {
            this(externalId, username, displayName, serviceUrl, client, null);
        }
    }
}
