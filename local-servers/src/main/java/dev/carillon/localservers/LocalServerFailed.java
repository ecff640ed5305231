package dev.carillon.localservers;

/** An embedded server could not be started; the message says why and what its log said last. */
public final class LocalServerFailed extends RuntimeException {

    LocalServerFailed(String message) {
        super(message);
    }

    LocalServerFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
