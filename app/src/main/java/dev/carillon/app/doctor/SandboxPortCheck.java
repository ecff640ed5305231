package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.warning;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Whether the sandbox platform gets its preferred port. Another program on that port does not stop a start, because the
 * next free port works as well; but earlier posts link to the port that was kept.
 *
 * @param kept the port of earlier starts
 * @param first the port of a first start
 */
public record SandboxPortCheck(Optional<Integer> kept, int first, IntPredicate isFree) implements Check {
    private static final String SUBJECT = "sandbox port";

    @Override
    public List<Finding> run() {
        int port = kept.orElse(first);
        if (isFree.test(port)) {
            return List.of(ok(SUBJECT, "%d on 127.0.0.1 is free".formatted(port)));
        }
        var user = ListeningProcess.on(port).map(ListeningProcess::toString).orElse("another program");
        return List.of(
                kept.isEmpty()
                        ? ok(SUBJECT, "%d is in use by %s; Carillon will use the next free port".formatted(port, user))
                        : warning(
                                SUBJECT,
                                "%d is in use by %s. Carillon would use the next free port, and links to earlier sandbox posts would not work. Stop that program first."
                                        .formatted(port, user)));
    }
}
