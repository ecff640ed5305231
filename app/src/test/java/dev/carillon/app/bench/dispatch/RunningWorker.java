package dev.carillon.app.bench.dispatch;

/** A worker at work, wherever it runs. */
interface RunningWorker extends AutoCloseable {
    /** The settings that its speed depends on. */
    String settings();

    /** Stops it as the launcher does. */
    @Override
    void close();
}
