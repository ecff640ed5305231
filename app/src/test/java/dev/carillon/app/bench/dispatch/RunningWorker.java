package dev.carillon.app.bench.dispatch;

/** A running worker, in this process or another one. */
interface RunningWorker extends AutoCloseable {
    /** The settings that affect its speed. */
    String settings();

    /** Stops it as the launcher does. */
    @Override
    void close();
}
