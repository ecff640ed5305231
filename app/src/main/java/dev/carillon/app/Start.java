package dev.carillon.app;

import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.sealing.MasterKeyCheck;
import dev.carillon.localservers.LocalServers;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts one process step by step; each step is registered with {@link ShutdownSequence} before the next one starts. */
final class Start {
    private final Options options;
    private final Settings settings;
    private final ShutdownSequence closing;
    private final List<Integer> ownPorts = new ArrayList<>();
    private @Nullable DataFolder folder;

    /**
     * The options of the command line.
     *
     * @param port for HTTP; 0 takes a free one
     * @param allow hosts that this start itself allows, in addition to those in the settings
     */
    record Options(Role role, int port, Path data, List<String> allow) {}

    /**
     * What is running.
     *
     * @param url of the API; null if the role has none
     * @param metrics where to fetch metrics; null if they are off
     * @param folder null with external servers
     * @param context null for the sandbox platform alone
     */
    record Running(
            @Nullable URI url,
            @Nullable URI metrics,
            @Nullable DataFolder folder,
            @Nullable SandboxPart sandbox,
            @Nullable ApplicationContext context) {}

    Start(Options options, Settings settings, ShutdownSequence closing) {
        this.options = options;
        this.settings = settings;
        this.closing = closing;
    }

    /**
     * Starts the process.
     *
     * @throws StartRefused for a reason that the operator can change
     */
    Running run() {
        refuseHalfNamed();
        var role = options.role();
        if (role != Role.SANDBOX) {
            MicronautSettings.check();
        }
        refuseUsedPort();
        var metrics = metrics();
        var metricsUrl = metrics == null ? null : metrics.url();
        var stores = stores();
        int port = role.does(Role.API) ? Ports.usable(settings.host(), options.port()) : 0;
        if (role == Role.ALL) {
            stores.bringUpToDate();
        } else {
            stores.refuseUnlessMigrated();
        }
        var sandbox = sandbox(stores);
        if (role == Role.SANDBOX) {
            return new Running(null, metricsUrl, folder, sandbox, null);
        }
        var context = context(stores, sandbox, metrics, port);
        checkMasterKey(context);
        closing.add("roles", new RoleParts()).start(role, context);
        var url = role.does(Role.API) ? URI.create("http://%s:%d".formatted(reachable(settings.host()), port)) : null;
        return new Running(url, metricsUrl, folder, sandbox, context);
    }

    private void checkMasterKey(ApplicationContext context) {
        try {
            context.getBean(MasterKeyCheck.class).run(!options.role().worksInsideWorkspaces());
        } catch (IllegalStateException e) {
            throw new StartRefused(Objects.toString(e.getMessage()), e);
        }
    }

    private void refuseHalfNamed() {
        if (options.role() != Role.SANDBOX) {
            settings.requireBothServers();
        }
        if (!settings.databases().named() && options.role() != Role.ALL) {
            throw new StartRefused(
                    "Role %s cannot use embedded servers. Set CARILLON_DATABASE_URL and CARILLON_REDIS_URL."
                            .formatted(options.role()));
        }
    }

    /** Before the servers are started, which takes seconds; the port itself is taken only after them. */
    private void refuseUsedPort() {
        if (options.role().does(Role.API)) {
            Ports.usable(settings.host(), options.port());
        }
    }

    /** Started first, so that no other server of ours is given the port. */
    private @Nullable ProcessMetrics metrics() {
        if (settings.metrics() == null) {
            return null;
        }
        var metrics = closing.add("metrics", ProcessMetrics.start(settings.metrics()));
        ownPorts.add(metrics.port());
        return metrics;
    }

    private Stores stores() {
        if (settings.databases().named()) {
            return Stores.named(settings);
        }
        var servers = closing.add("embedded servers", LocalServers.start(options.data()));
        ownPorts.add(servers.postgres().port());
        ownPorts.add(servers.redis().port());
        folder = new DataFolder(options.data());
        return Stores.embedded(servers, settings, folder);
    }

    private @Nullable SandboxPart sandbox(Stores stores) {
        var elsewhere = settings.sandbox().url();
        if (options.role() != Role.SANDBOX && elsewhere != null) {
            return SandboxPart.elsewhere(elsewhere, settings, stores);
        }
        return options.role().does(Role.SANDBOX)
                ? closing.add("sandbox platform", SandboxPart.start(settings, stores, folder))
                : null;
    }

    private ApplicationContext context(
            Stores stores, @Nullable SandboxPart sandbox, @Nullable ProcessMetrics metrics, int port) {
        var micronaut = new MicronautSettings(stores).logins(options.role(), stores);
        if (options.role().does(Role.API)) {
            ownPorts.add(port);
            micronaut.http(settings.host(), port);
        }
        if (sandbox != null) {
            ownPorts.add(sandbox.url().getPort());
            micronaut.sandbox(sandbox);
        }
        if (metrics != null) {
            micronaut.metrics(metrics);
        }
        micronaut.outbound(
                Stream.concat(settings.outboundAllow().stream(), options.allow().stream())
                        .toList(),
                ownPorts);
        return closing.add("application", micronaut.start());
    }

    /** The wildcard address cannot be called. */
    private static String reachable(String host) {
        return Objects.equals(host, "0.0.0.0") ? "127.0.0.1" : host;
    }
}
