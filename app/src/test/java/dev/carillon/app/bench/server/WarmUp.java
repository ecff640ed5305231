package dev.carillon.app.bench.server;

/** Does something until that makes it no faster: the compiler shares the cores with what it compiles, and needs a minute for long paths. */
public final class WarmUp {
    /** By how much a turn has to be faster than all before it to count as one that helped. */
    private static final double FASTER = 1.03;

    /** After so many turns in a row that did not help there is no other. */
    private static final int IN_VAIN = 2;

    private WarmUp() {}

    /** What is done in a turn; says how often it was done in a second. */
    public interface Turn<E extends Exception> {
        double perSecond() throws E;
    }

    /**
     * Runs turns.
     *
     * @return how many
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
