package dev.carillon.app;

import dev.carillon.app.settings.DerivedSecrets;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.sandbox.SandboxConfig;
import dev.carillon.sandbox.SandboxServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox platform: one that runs elsewhere, or one that this process starts. {@link #toString()} leaves the secret
 * out.
 */
record SandboxPart(URI url, String secret, @Nullable SandboxServer server) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxPart.class);
    /** Below the range from which operating systems assign free ports, so that it is still free after a restart. */
    static final int FIRST_PORT = 8091;

    private static final int POOL_SIZE = 8;

    /**
     * @param url where it runs
     * @throws StartRefused without the secret that it shares with its callers
     */
    static SandboxPart elsewhere(URI url, Settings settings, Stores stores) {
        return new SandboxPart(url, secret(settings, stores), null);
    }

    /**
     * Starts it. With a data folder it always uses the same port, because published posts link to it.
     *
     * @throws StartRefused if the requested port is taken
     */
    static SandboxPart start(Settings settings, Stores stores, @Nullable DataFolder folder) {
        var secret = secret(settings, stores);
        int port = choosePort(settings, folder);
        var login = stores.sandbox();
        var store = new SandboxConfig.Store(login.jdbcUrl(), login.user(), login.password(), POOL_SIZE);
        try {
            var server = SandboxServer.start(new SandboxConfig(port, null, store, secret, Clock.systemUTC()));
            if (folder != null && folder.sandboxPort().isEmpty()) {
                folder.keepSandboxPort(server.port());
            }
            return new SandboxPart(server.url(), secret, server);
        } catch (UncheckedIOException e) {
            throw new StartRefused(
                    "Port %d for the sandbox platform is in use. Set CARILLON_SANDBOX_PORT to another port."
                            .formatted(port),
                    e);
        }
    }

    private static String secret(Settings settings, Stores stores) {
        return Objects.requireNonNullElseGet(
                settings.sandbox().secret(), () -> new DerivedSecrets(stores.masterKey()).sandboxSecret());
    }

    private static int choosePort(Settings settings, @Nullable DataFolder folder) {
        var named = settings.sandbox().port();
        if (named != null) {
            return named;
        }
        Optional<Integer> kept = folder == null ? Optional.empty() : folder.sandboxPort();
        if (kept.isPresent() && !Ports.isFree(kept.get())) {
            LOG.atWarn()
                    .addKeyValue("port", kept.get())
                    .log("sandbox port is in use by another program; links to earlier sandbox posts do not work");
        }
        return kept.filter(Ports::isFree).orElseGet(() -> Ports.firstFreeFrom(FIRST_PORT));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public String toString() {
        return "SandboxPart[url=%s]".formatted(url);
    }
}
