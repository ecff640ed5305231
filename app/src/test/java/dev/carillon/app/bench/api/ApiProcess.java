package dev.carillon.app.bench.api;

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
import java.util.stream.Stream;

/** {@code up --role api} in a JVM of its own with the launcher's options, and with {@link HelloController} beside the product's routes. */
final class ApiProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(60);

    private static final String READY = "Carillon is ready";
    private static final int GREETING = 2;
    private static final int SHOWN = 60;

    private final ChildJvm jvm;
    private final InetSocketAddress address;

    private ApiProcess(ChildJvm jvm, URI url) {
        this.jvm = jvm;
        this.address = new InetSocketAddress(url.getHost(), url.getPort());
    }

    /**
     * Starts one on a database that is up to date.
     *
     * @param furtherOptions of the JVM
     */
    static ApiProcess start(DatabaseLogin owner, String redisUrl, String masterKey, List<String> furtherOptions) {
        var options = System.getenv("CARILLON_JAVA_FLAGS");
        if (options == null) {
            throw new StartRefused("The API's process needs the launcher's options: use ./carillon bench api.");
        }
        var jvm = ChildJvm.of(Carillon.class)
                .withJvmArguments(Stream.concat(Stream.of(options.split(" +", -1)), furtherOptions.stream())
                        .toArray(String[]::new))
                .withArguments("up", "--role", "api", "--port", "0")
                .withEnvironment("CARILLON_DATABASE_URL", urlOf(owner))
                .withEnvironment("CARILLON_REDIS_URL", redisUrl)
                .withEnvironment("CARILLON_MASTER_KEY", masterKey)
                .withEnvironment("CARILLON_BENCH_HELLO", "true")
                .start();
        return new ApiProcess(
                jvm, URI.create(jvm.awaitLine(READY + " at (\\S+)", START).group(1)));
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

    InetSocketAddress address() {
        return address;
    }

    /** What it said since it was ready, the first lines of it: what began the trouble is worth more than what followed. */
    String saidSinceItsStart() {
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
