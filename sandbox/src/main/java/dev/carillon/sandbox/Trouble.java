package dev.carillon.sandbox;

/**
 * What strikes one call.
 *
 * @param seconds how long it lasts; 0 where the kind takes no time
 */
record Trouble(FaultKind kind, int seconds) {
    static Trouble usual(FaultKind kind) {
        return new Trouble(kind, kind.usualSeconds());
    }
}
