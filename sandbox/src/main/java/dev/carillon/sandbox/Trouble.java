package dev.carillon.sandbox;

/**
 * The failure to inject into one call.
 *
 * @param seconds how long it lasts; 0 if the kind takes no time
 */
record Trouble(FaultKind kind, int seconds) {
    static Trouble usual(FaultKind kind) {
        return new Trouble(kind, kind.usualSeconds());
    }
}
