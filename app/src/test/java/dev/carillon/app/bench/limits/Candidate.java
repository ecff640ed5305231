package dev.carillon.app.bench.limits;

/** One way to decide about a request that has two limits, both of them shared through Redis. */
interface Candidate extends AutoCloseable {
    String name();

    /**
     * Asks for a request.
     *
     * @param caller whose limits they are
     * @return whether it may pass
     */
    boolean take(String caller) throws Exception;

    @Override
    void close();

    /** Makes one. */
    interface Maker {
        /**
         * Makes one.
         *
         * @param narrow what the narrower of the limits lets pass in a day
         */
        Candidate with(String redisUrl, int narrow);
    }
}
