package dev.carillon.app.demo;

/** A step of the demo did not happen; the message says which one, and what was seen instead. */
public final class DemoFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    DemoFailed(String message) {
        super(message);
    }

    DemoFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
