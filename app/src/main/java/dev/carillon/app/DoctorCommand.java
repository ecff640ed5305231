package dev.carillon.app;

import dev.carillon.app.doctor.Check;
import dev.carillon.app.doctor.DataFolderCheck;
import dev.carillon.app.doctor.DatabaseCheck;
import dev.carillon.app.doctor.MachineCheck;
import dev.carillon.app.doctor.MemoryCheck;
import dev.carillon.app.doctor.PortCheck;
import dev.carillon.app.doctor.RedisCheck;
import dev.carillon.app.doctor.Report;
import dev.carillon.app.doctor.SandboxPortCheck;
import dev.carillon.app.doctor.SettingsCheck;
import dev.carillon.app.doctor.StripeCheck;
import dev.carillon.app.doctor.UnknownSettingsCheck;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.app.settings.Settings;
import dev.carillon.core.sealing.MasterKey;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks whether {@code up} would start with the same options and the same environment. Changes nothing. */
@Command(
        name = "doctor",
        description = "Check whether Carillon can start here, and say how to fix each problem",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final Map<String, String> environment = System.getenv();
    private final Clock clock = Clock.systemUTC();

    @Option(names = "--port", description = "Port of the API (default: ${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(names = "--data", description = "Data folder of the embedded servers (default: ${DEFAULT-VALUE})")
    private Path data = Path.of(".carillon");

    @Option(names = "--problems-before", hidden = true, description = "Number of problems that the launcher printed")
    private int problemsBefore;

    @Option(names = "--warnings-before", hidden = true, description = "Number of warnings that the launcher printed")
    private int warningsBefore;

    DoctorCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        var report = new Report(out, coloured()).after(problemsBefore, warningsBefore);
        checks().forEach(report::run);
        return report.conclude() ? 0 : 1;
    }

    private boolean coloured() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && isTerminal(System.console());
    }

    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    private List<Check> checks() {
        var checks = new ArrayList<Check>();
        var check = settingsCheck(checks);
        var settings = check.readable();
        boolean embedded = !settings.databases().named();
        checks.add(new MachineCheck(embedded));
        checks.add(MachineCheck.clock(clock, built()));
        if (embedded) {
            checks.add(MemoryCheck.ofThisMachine());
            checks.add(new DataFolderCheck(data, System.getProperty("user.name")));
        }
        checks.add(new PortCheck("API port", settings.host(), port, Ports::usable));
        sandboxPort(settings, embedded, checks);
        metricsPort(settings, checks);
        servers(settings, checks);
        checks.add(new StripeCheck(environment.getOrDefault("CARILLON_STRIPE_KEY", "")));
        return checks;
    }

    private SettingsCheck settingsCheck(List<Check> checks) {
        try (var application = MicronautSettings.read()) {
            var known = new TreeSet<>(application.variables());
            known.addAll(Settings.READ_HERE);
            var check = new SettingsCheck(environment, application.problems());
            checks.add(check);
            checks.add(new UnknownSettingsCheck(environment.keySet(), Set.copyOf(known)));
            return check;
        }
    }

    private void sandboxPort(Settings settings, boolean embedded, List<Check> checks) {
        var sandbox = settings.sandbox();
        if (sandbox.url() != null) {
            return;
        }
        var named = sandbox.port();
        if (named != null) {
            checks.add(new PortCheck("sandbox port", "127.0.0.1", named, Ports::usable));
            return;
        }
        var kept = embedded ? new DataFolder(data).sandboxPort() : Optional.<Integer>empty();
        checks.add(new SandboxPortCheck(kept, SandboxPart.FIRST_PORT, Ports::isFree));
    }

    private static void metricsPort(Settings settings, List<Check> checks) {
        var metrics = settings.metrics();
        if (metrics != null) {
            checks.add(new PortCheck("metrics port", metrics.host(), metrics.port(), Ports::usable));
        }
    }

    private void servers(Settings settings, List<Check> checks) {
        var masterKey = masterKey(settings.masterKey());
        var databases = settings.databases();
        database("CARILLON_DATABASE_URL", databases.owner(), masterKey, checks);
        database("CARILLON_DATABASE_APP_URL", databases.app(), null, checks);
        database("CARILLON_DATABASE_DISPATCH_URL", databases.dispatch(), null, checks);
        var redis = settings.redisUrl();
        if (redis != null) {
            checks.add(new RedisCheck(redis));
        }
    }

    private void database(
            String setting, @Nullable DatabaseLogin login, @Nullable MasterKey masterKey, List<Check> checks) {
        if (login != null) {
            boolean owner = setting.equals("CARILLON_DATABASE_URL");
            checks.add(new DatabaseCheck(setting, login, owner, masterKey, clock));
        }
    }

    /** An invalid key is reported with the settings. */
    private static @Nullable MasterKey masterKey(@Nullable String text) {
        try {
            return text == null ? null : new MasterKey(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** When this program was built, according to its file. */
    private static Instant built() {
        try {
            var program = Carillon.class.getProtectionDomain().getCodeSource().getLocation();
            return Files.getLastModifiedTime(Path.of(program.toURI())).toInstant();
        } catch (IOException | URISyntaxException e) {
            return Instant.EPOCH;
        }
    }
}
