package dev.carillon.localservers;

/** Where an embedded Redis listens; it asks for no password and is reachable from this machine only. */
public record RedisAddress(String host, int port) {

    /** The address as a {@code redis://} URI. */
    public String uri() {
        return "redis://%s:%d".formatted(host, port);
    }

    @Override
    public String toString() {
        return uri();
    }
}
