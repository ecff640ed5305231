package dev.carillon.app.bench.limits;

/** One way to decide about a request that has two limits, both shared through Redis. */
interface Candidate extends AutoCloseable {
    String name();

    /**
     * Asks whether a request may pass.
     *
     * @param caller whose limits apply
     * @return whether it may pass
     */
    boolean take(String caller) throws Exception;

    @Override
    void close();

    /** Creates a candidate. */
    interface Maker {
        /**
         * Creates a candidate.
         *
         * @param narrow how many requests the narrower limit lets pass in a day
         */
        Candidate with(String redisUrl, int narrow);
    }
}
