package dev.carillon.app.settings;

/**
 * The start cannot continue for a reason that the operator can change; the message is written for them and is all they
 * see.
 */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
