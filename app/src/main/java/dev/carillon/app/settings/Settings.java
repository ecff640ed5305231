package dev.carillon.app.settings;

import dev.carillon.core.net.address.AddressBlocks;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables that decide how a process starts. Every other {@code CARILLON_…} variable sets the key of the same name
 * in {@code application.yml}.
 *
 * @param masterKey as text; {@link #toString()} leaves it out
 * @param outboundAllow {@code host} or {@code host:port}, each
 * @param host address that the API listens on
 * @param metrics null if metrics are off
 */
public record Settings(
        Databases databases,
        @Nullable String redisUrl,
        @Nullable String masterKey,
        Sandbox sandbox,
        List<String> outboundAllow,
        String host,
        @Nullable Metrics metrics) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int HIGHEST_PORT = 65_535;

    /** Variables that are read here and must not reach the application a second time in another form. */
    public static final Set<String> READ_HERE = Set.of(
            "CARILLON_DATABASE_URL",
            "CARILLON_DATABASE_APP_URL",
            "CARILLON_DATABASE_DISPATCH_URL",
            "CARILLON_REDIS_URL",
            "CARILLON_MASTER_KEY",
            "CARILLON_SANDBOX_URL",
            "CARILLON_SANDBOX_SECRET",
            "CARILLON_SANDBOX_PORT",
            "CARILLON_OUTBOUND_ALLOW",
            "CARILLON_HOST",
            "CARILLON_METRICS_PORT",
            "CARILLON_METRICS_HOST");

    /**
     * The logins that were named; none at all means the embedded database.
     *
     * @param owner migrates, and allows the other logins to be derived
     */
    public record Databases(
            @Nullable DatabaseLogin owner,
            @Nullable DatabaseLogin app,
            @Nullable DatabaseLogin dispatch) {

        public boolean named() {
            return owner != null || app != null || dispatch != null;
        }
    }

    /**
     * The sandbox platform: where it is, or where to start it.
     *
     * @param url of one that runs elsewhere
     * @param secret shared with its callers; derived from the master key if not named
     * @param port for one that this process starts
     */
    public record Sandbox(
            @Nullable URI url,
            @Nullable String secret,
            @Nullable Integer port) {
        /** Shows no secret. */
        @Override
        public String toString() {
            return "Sandbox[url=%s, port=%s]".formatted(url, port);
        }
    }

    /**
     * Where Prometheus fetches the metrics of this process.
     *
     * @param port 0 for a free one
     */
    public record Metrics(String host, int port) {}

    public Settings {
        outboundAllow = List.copyOf(outboundAllow);
    }

    /**
     * Reads the environment.
     *
     * @throws StartRefused if a variable is invalid
     */
    public static Settings of(Map<String, String> environment) {
        var variables = new Variables(environment);
        variables.checkBlocks("CARILLON_TRUSTED_PROXIES");
        return new Settings(
                new Databases(
                        variables.login("CARILLON_DATABASE_URL"),
                        variables.login("CARILLON_DATABASE_APP_URL"),
                        variables.login("CARILLON_DATABASE_DISPATCH_URL")),
                variables.text("CARILLON_REDIS_URL"),
                variables.text("CARILLON_MASTER_KEY"),
                new Sandbox(
                        variables.url("CARILLON_SANDBOX_URL"),
                        variables.text("CARILLON_SANDBOX_SECRET"),
                        variables.port("CARILLON_SANDBOX_PORT")),
                variables.list("CARILLON_OUTBOUND_ALLOW"),
                variables.textOr("CARILLON_HOST", LOOPBACK),
                metrics(variables));
    }

    /**
     * PostgreSQL and Redis must both be named or both be embedded.
     *
     * @throws StartRefused if only one of them is named
     */
    public void requireBothServers() {
        if (databases.named() && redisUrl == null) {
            throw new StartRefused(
                    "CARILLON_DATABASE_URL is set but CARILLON_REDIS_URL is not. Set both, or neither to use the embedded servers.");
        }
        if (!databases.named() && redisUrl != null) {
            throw new StartRefused(
                    "CARILLON_REDIS_URL is set but CARILLON_DATABASE_URL is not. Set both, or neither to use the embedded servers.");
        }
    }

    /**
     * The master key of a named database.
     *
     * @throws StartRefused if there is none
     */
    public String requiredMasterKey() {
        if (masterKey == null) {
            throw new StartRefused("""
                    CARILLON_DATABASE_URL is set but CARILLON_MASTER_KEY is not. The master key seals every token and secret in the database.
                    Create one with './carillon keys master', keep it safe, and set it for every process of this installation.""");
        }
        return masterKey;
    }

    private static @Nullable Metrics metrics(Variables variables) {
        var port = variables.port("CARILLON_METRICS_PORT");
        return port == null ? null : new Metrics(variables.textOr("CARILLON_METRICS_HOST", LOOPBACK), port);
    }

    /** Reads variables; an empty one counts as not set. */
    private record Variables(Map<String, String> environment) {
        @Nullable
        String text(String name) {
            var value = environment.get(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        String textOr(String name, String otherwise) {
            var value = text(name);
            return value == null ? otherwise : value;
        }

        @Nullable
        DatabaseLogin login(String name) {
            var value = text(name);
            return value == null ? null : DatabaseLogin.parse(name, value);
        }

        @Nullable
        URI url(String name) {
            var value = text(name);
            if (value == null) {
                return null;
            }
            if (!value.matches("https?://[^/?#\\s]+/?")) {
                throw new StartRefused(name + " must be a URL such as http://host:port.");
            }
            return URI.create(value);
        }

        @Nullable
        Integer port(String name) {
            var value = text(name);
            if (value == null) {
                return null;
            }
            if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > HIGHEST_PORT) {
                throw new StartRefused(
                        "%s is not a port: %s. Write a number from 0 to %d.".formatted(name, value, HIGHEST_PORT));
            }
            return Integer.valueOf(value);
        }

        /**
         * The application reads this variable. It is checked here as well, because refusing the start is better than
         * refusing requests.
         */
        void checkBlocks(String name) {
            try {
                AddressBlocks.parse(list(name));
            } catch (IllegalArgumentException e) {
                throw new StartRefused(
                        "%s: %s. Separate addresses and blocks with commas, as in 10.0.0.0/8, 2001:db8::1."
                                .formatted(name, e.getMessage()),
                        e);
            }
        }

        List<String> list(String name) {
            return Arrays.stream(textOr(name, "").split(",", -1))
                    .map(String::strip)
                    .filter(entry -> !entry.isEmpty())
                    .toList();
        }
    }

    @Override
    public String toString() {
        return "Settings[databases=%s, sandbox=%s, outboundAllow=%s, host=%s, metrics=%s]"
                .formatted(databases, sandbox, outboundAllow, host, metrics);
    }
}
