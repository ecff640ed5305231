package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.problem;
import static dev.carillon.app.doctor.Finding.warning;

import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.core.sealing.MasterKeyQueries;
import dev.carillon.migrations.Migrations;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether a named database can be reached with a login, is new enough and has what a start needs.
 *
 * @param setting the variable that holds the login
 * @param owner whether the login is the owner's, who migrates
 * @param masterKey null if none is set, or only an invalid one
 */
public record DatabaseCheck(
        String setting,
        DatabaseLogin login,
        boolean owner,
        @Nullable MasterKey masterKey,
        Clock clock) implements Check {
    private static final String SUBJECT = "database";
    private static final int OLDEST = 150_000;
    private static final int SECONDS = 3;
    private static final int ROLES = 3;
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(5);

    @Override
    public List<Finding> run() {
        try (var server = ServerQueries.impatient(login, SECONDS)) {
            return look(server, ServerQueries.ask(server));
        } catch (ServerQueries.Unreachable e) {
            return List.of(problem(
                    SUBJECT,
                    "%s cannot be reached: %s. Check that the server runs, and the address and password in %s."
                            .formatted(login, Objects.toString(e.getMessage()), setting)));
        }
    }

    private List<Finding> look(DataSource server, ServerQueries.About about) {
        var findings = new ArrayList<Finding>();
        if (about.version() < OLDEST) {
            findings.add(problem(
                    SUBJECT,
                    "%s is PostgreSQL %s; Carillon needs 15 or newer. Upgrade the server."
                            .formatted(login, about.versionText())));
        }
        if (owner && !about.mayCreateRoles() && about.roles() < ROLES) {
            findings.add(problem(
                    SUBJECT,
                    "%s may not create roles, and Carillon's roles do not exist yet. Run as a superuser: ALTER ROLE %s CREATEROLE"
                            .formatted(login, login.user())));
        }
        if (masterKey != null && owner && !MasterKeyQueries.fits(server, masterKey)) {
            findings.add(problem(
                    SUBJECT,
                    "CARILLON_MASTER_KEY is not the key that sealed this database (%s). Set the key that its first start used."
                            .formatted(login)));
        }
        var apart = Duration.between(about.now(), clock.instant()).abs();
        if (apart.compareTo(CLOCKS_MAY_DIFFER) > 0) {
            findings.add(warning(
                    "clock",
                    "The clocks of this machine and of the database differ by %d s, so posts may go out early or late. Synchronize both, for example with NTP."
                            .formatted(apart.toSeconds())));
        }
        findings.addAll(migrations(server, about));
        return findings;
    }

    private List<Finding> migrations(DataSource server, ServerQueries.About about) {
        int pending;
        try {
            pending = Migrations.pending(server);
        } catch (IllegalStateException e) {
            return List.of(problem(SUBJECT, "%s cannot be used. %s".formatted(login, e.getMessage())));
        }
        var what = "%s: PostgreSQL %s, ".formatted(login, about.versionText());
        if (pending == 0) {
            return List.of(ok(SUBJECT, what + "migrated"));
        }
        return List.of(
                owner
                        ? ok(
                                SUBJECT,
                                what
                                        + "%d migrations to apply; './carillon up' or './carillon migrate' applies them"
                                                .formatted(pending))
                        : problem(
                                SUBJECT,
                                what
                                        + "%d migrations are missing. Run './carillon migrate' first."
                                                .formatted(pending)));
    }
}
