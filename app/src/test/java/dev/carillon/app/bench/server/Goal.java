package dev.carillon.app.bench.server;

/** A goal, and whether it was met. */
public record Goal(String text, boolean met) {
    @Override
    public String toString() {
        return "%s: %s".formatted(text, met ? "met" : "MISSED");
    }

    public static Goal atMost(String what, double limitMillis, double millis) {
        return new Goal("%s at most %,.0f ms".formatted(what, limitMillis), millis <= limitMillis);
    }

    public static Goal atLeast(String what, double limit, double perSecond) {
        return new Goal("%s at least %,.0f a second".formatted(what, limit), perSecond >= limit);
    }
}
