package dev.carillon.app.bench.dispatch;

/** One question that the benchmark answers; it ends by itself. */
interface Scenario {
    /** As on the command line. */
    String name();

    /** What is done, in one line. */
    String about(Scale scale);

    void run(Bench bench) throws Exception;
}
