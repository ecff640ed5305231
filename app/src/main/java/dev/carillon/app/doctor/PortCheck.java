package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.problem;

import dev.carillon.app.settings.StartRefused;
import java.util.List;
import java.util.Objects;

/**
 * Whether a server can listen on a port.
 *
 * @param attempt listens for an instant, as a start does
 */
public record PortCheck(String subject, String host, int port, Attempt attempt) implements Check {

    /** Listens on a port and releases it. */
    @FunctionalInterface
    public interface Attempt {
        /**
         * Listens and releases the port.
         *
         * @throws StartRefused if nothing can listen there
         */
        void on(String host, int port);
    }

    @Override
    public List<Finding> run() {
        if (port == 0) {
            return List.of(ok(subject, "any free port"));
        }
        try {
            attempt.on(host, port);
            return List.of(ok(subject, "%d on %s is free".formatted(port, host)));
        } catch (StartRefused e) {
            return List.of(problem(subject, Objects.toString(e.getMessage())));
        }
    }
}
