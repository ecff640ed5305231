package dev.carillon.core.platform;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connector whose accounts are linked with credentials that the caller sends. */
public interface LinksAccounts extends PlatformConnector {
    /**
     * Checks the credentials with the platform before anything is stored.
     *
     * @param input the caller's fields, by their names in the public API
     */
    Linking link(Map<String, String> input);

    /** The result of linking an account. */
    sealed interface Linking {
        record Linked(Identity identity, Credentials credentials) implements Linking {}

        /** The platform refused the credentials. */
        record CredentialRejected(String message) implements Linking {}

        /** A field is missing or invalid. */
        record InputRefused(String field, String message) implements Linking {}

        /** The platform could not be reached now. */
        record Unreachable(String message) implements Linking {}
    }

    /**
     * The platform identity that was linked.
     *
     * @param externalId the permanent id on the platform
     * @param client the OAuth client or server instance whose rate limits the account shares
     * @param accessExpiresAt business time at which access ends; null if unknown or if access does not end
     */
    record Identity(
            String externalId,
            String username,
            @Nullable String displayName,
            @Nullable String serviceUrl,
            String client,
            @Nullable Instant accessExpiresAt) {
        /** An identity whose access has no known end. */
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
