package dev.carillon.app.bench.server;

/**
 * Repeats something until that makes it no faster. The compiler shares the cores with the code it compiles, and long paths take a minute.
 */
public final class WarmUp {
    /** How much faster than all turns before a turn must be to count as an improvement. */
    private static final double FASTER = 1.03;

    /** Warm-up ends after this many turns in a row without an improvement. */
    private static final int IN_VAIN = 2;

    private WarmUp() {}

    /** The work of one turn; returns how often it was done in a second. */
    public interface Turn<E extends Exception> {
        double perSecond() throws E;
    }

    /**
     * Runs turns until they bring no improvement.
     *
     * @return how many turns
     */
    public static <E extends Exception> int run(int atMost, Turn<E> turn) throws E {
        double best = 0;
        int inVain = 0;
        int done = 0;
        while (done < atMost && inVain < IN_VAIN) {
            double perSecond = turn.perSecond();
            inVain = perSecond > best * FASTER ? 0 : inVain + 1;
            best = Math.max(best, perSecond);
            done++;
        }
        return done;
    }
}
