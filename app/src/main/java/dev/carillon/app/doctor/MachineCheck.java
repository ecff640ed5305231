package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.problem;
import static dev.carillon.app.doctor.Finding.warning;

import dev.carillon.localservers.HostCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the embedded servers can run on this operating system, on this processor and for this user.
 *
 * @param embedded whether they will be started
 */
public record MachineCheck(boolean embedded) implements Check {
    private static final String SYSTEM = "system";

    @Override
    public List<Finding> run() {
        var name = "%s on %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (!embedded) {
            return List.of(ok(SYSTEM, name));
        }
        var findings = new ArrayList<Finding>();
        findings.add(
                HostCheck.hasServers()
                        ? ok(SYSTEM, name + ", embedded PostgreSQL and Redis are included for it")
                        : problem(
                                SYSTEM,
                                "There are no embedded servers for %s, only for Linux and macOS on x86-64 and arm64. Set CARILLON_DATABASE_URL and CARILLON_REDIS_URL to your own servers."
                                        .formatted(name)));
        HostCheck.rootRefusal().map(MachineCheck::rootCannot).ifPresent(findings::add);
        return findings;
    }

    private static Finding rootCannot(String reason) {
        return problem(
                "root",
                "PostgreSQL refuses to run as root, and 'unshare --user' does not work here (%s). Run Carillon as another user, or allow user namespaces."
                        .formatted(reason));
    }

    /** Whether the clock of this machine is plausible: it is not earlier than the build of this program. */
    public static Check clock(java.time.Clock clock, java.time.Instant built) {
        return () -> {
            var now = clock.instant();
            return List.of(
                    now.isBefore(built)
                            ? warning(
                                    "clock",
                                    "The clock says %s, which is before this version was built (%s). Posts would go out at the wrong time. Set the clock."
                                            .formatted(now, built))
                            : ok("clock", now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + " (UTC)"));
        };
    }
}
