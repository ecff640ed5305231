package dev.carillon.app.bench.dispatch;

/** One question that the benchmark answers. */
interface Scenario {
    /** The name on the command line. */
    String name();

    /** A description of the scenario in one line. */
    String about(Scale scale);

    void run(Bench bench) throws Exception;
}
