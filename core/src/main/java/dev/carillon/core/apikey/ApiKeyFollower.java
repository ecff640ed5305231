package dev.carillon.core.apikey;

/** Is told of keys, in the transaction that makes or revokes them. */
public interface ApiKeyFollower {
    void created(ApiKey key);

    void revoked(ApiKey key);
}
