package dev.carillon.core.apikey;

/** Is notified of new and revoked keys, in the transaction that creates or revokes them. */
public interface ApiKeyFollower {
    void created(ApiKey key);

    void revoked(ApiKey key);
}
