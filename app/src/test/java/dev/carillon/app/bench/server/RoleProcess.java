package dev.carillon.app.bench.server;

import dev.carillon.app.Carillon;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.testkit.ChildJvm;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code up --role ...} in a separate JVM with the launcher's options; it stops as in production. */
public final class RoleProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(60);

    private static final String READY = "Carillon is ready";
    private static final int GREETING = 2;
    private static final int SHOWN = 60;

    private final ChildJvm jvm;

    private RoleProcess(ChildJvm jvm) {
        this.jvm = jvm;
    }

    /**
     * Starts a process on a migrated database, and waits until it reports that it is ready.
     *
     * @param furtherOptions of the JVM
     * @param environment in addition to that of the servers
     */
    public static RoleProcess start(
            String role,
            BenchServers servers,
            BenchDatabase database,
            List<String> furtherOptions,
            Map<String, String> environment) {
        var launch = ChildJvm.of(Carillon.class)
                .withJvmArguments(jvmOptions(furtherOptions))
                .withArguments("up", "--role", role, "--port", "0")
                .withEnvironment("CARILLON_DATABASE_URL", urlOf(database.login()))
                .withEnvironment("CARILLON_REDIS_URL", servers.redisUrl())
                .withEnvironment("CARILLON_MASTER_KEY", servers.masterKey());
        for (var setting : environment.entrySet()) {
            launch = launch.withEnvironment(setting.getKey(), setting.getValue());
        }
        var jvm = launch.start();
        jvm.awaitLine(READY, START);
        return new RoleProcess(jvm);
    }

    /**
     * The launcher's options, and further ones.
     *
     * @throws StartRefused if the launcher did not pass its options
     */
    public static String[] jvmOptions(List<String> furtherOptions) {
        var options = System.getenv("CARILLON_JAVA_FLAGS");
        if (options == null) {
            throw new StartRefused("The process needs the launcher's options: use ./carillon bench.");
        }
        return Stream.concat(Stream.of(options.split(" +", -1)), furtherOptions.stream())
                .toArray(String[]::new);
    }

    private static String urlOf(DatabaseLogin login) {
        return "%s%suser=%s&password=%s"
                .formatted(
                        login.jdbcUrl(),
                        login.jdbcUrl().contains("?") ? "&" : "?",
                        encoded(login.user()),
                        encoded(login.password()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The address of the API; only for a role that has one. */
    public InetSocketAddress address() {
        var url = URI.create(jvm.awaitLine(READY + " at (\\S+)", START).group(1));
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** The first lines of output since it was ready: the start of a problem is worth more than what followed. */
    public String saidSinceItsStart() {
        var lines = jvm.output()
                .lines()
                .dropWhile(line -> !line.contains(READY))
                .skip(GREETING)
                .toList();
        return String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size())));
    }

    @Override
    public void close() {
        jvm.terminate();
        jvm.awaitExit(STOP);
        jvm.close();
    }
}
