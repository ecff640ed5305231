package dev.carillon.core.kernel;

/** Live or test. Every tenant row belongs to one of the two, and the modes never mix. */
public enum Mode {
    LIVE,
    TEST;

    public static Mode of(boolean livemode) {
        return livemode ? LIVE : TEST;
    }

    public boolean livemode() {
        return this == LIVE;
    }
}
