package dev.carillon.app.bench.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Profiles one measurement: a flight recording of this JVM, the cost of its statements in PostgreSQL, and the waits of both. */
public final class Profile implements AutoCloseable {
    private final PrintStream out;
    private final Path file;
    private final BenchDatabase database;
    private final StatementStatistics statements;
    private final ActivitySampler activity;
    private final Recording recording;

    private Profile(Path file, BenchDatabase database, PrintStream out) {
        this.out = out;
        this.file = file;
        this.database = database;
        this.statements = new StatementStatistics(database);
        this.recording = recording();
        this.activity = ActivitySampler.start(database);
        statements.reset();
        recording.start();
    }

    /**
     * Starts to profile.
     *
     * @param file of the recording
     * @param database that is measured, with a login that may see other sessions; closed with this
     */
    public static Profile start(Path file, BenchDatabase database, PrintStream out) {
        return new Profile(file, database, out);
    }

    private static Recording recording() {
        try {
            return new Recording(Configuration.getConfiguration("profile"));
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Prints the profile and keeps the recording. */
    @Override
    public void close() throws IOException {
        try (database) {
            recording.stop();
            recording.dump(file);
            recording.close();
            activity.close();
            if (statements.available()) {
                statements.print(out);
            } else {
                activity.printStatements(out);
            }
            activity.printWaits(out);
            out.printf("flight recording: %s (try: jfr view hot-methods, jfr view allocation-by-class)%n", file);
        }
    }
}
