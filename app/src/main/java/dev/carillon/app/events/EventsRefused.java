package dev.carillon.app.events;

/** Events cannot be followed, for a reason that a retry would not change; only the message is shown. */
public final class EventsRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EventsRefused(String message) {
        super(message);
    }
}
