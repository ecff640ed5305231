package dev.carillon.app;

import dev.carillon.api.event.OpenStreams;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.billing.BillingRole;
import dev.carillon.core.signal.KeyedNotifier;
import dev.carillon.webhooks.DispatchRole;
import dev.carillon.worker.WorkerRole;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a role that work in this process. Closing them lets work in progress finish, for a limited time. */
final class RoleParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoleParts.class);
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final List<Part> parts = new ArrayList<>();

    private record Part(Role role, Runnable drain) {}

    /**
     * Starts what the role does. HTTP comes last, so that callers of the API find the rest already running.
     *
     * @throws StartRefused if the port was taken meanwhile
     */
    void start(Role role, ApplicationContext context) {
        if (role.does(Role.WORKER)) {
            var worker = context.getBean(WorkerRole.class);
            worker.start();
            parts.add(new Part(Role.WORKER, worker::close));
        }
        if (role.does(Role.DISPATCH)) {
            var dispatch = context.getBean(DispatchRole.class);
            dispatch.start();
            parts.add(new Part(Role.DISPATCH, dispatch::close));
        }
        if (role.does(Role.BILLING)) {
            var billing = context.getBean(BillingRole.class);
            billing.start();
            parts.add(new Part(Role.BILLING, billing::close));
        }
        if (role.does(Role.API)) {
            startHttp(context);
        }
    }

    private void startHttp(ApplicationContext context) {
        var server = context.getBean(EmbeddedServer.class);
        var notifier = context.getBean(KeyedNotifier.class);
        var streams = context.getBean(OpenStreams.class);
        try {
            server.start();
        } catch (ServerStartupException e) {
            throw new StartRefused("The API could not start listening. " + e.getMessage(), e);
        }
        if (server instanceof GracefulShutdownCapable capable) {
            parts.add(new Part(Role.API, () -> {
                // Sends clients that follow events elsewhere; their streams would never end by themselves.
                streams.close();
                // A request that waits for a post may wait longer than a stop does; it gets the post's current state.
                notifier.close();
                capable.shutdownGracefully().toCompletableFuture().join();
            }));
        }
    }

    @Override
    public void close() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var draining = CompletableFuture.allOf(parts.stream()
                    .map(part -> CompletableFuture.runAsync(part.drain(), threads))
                    .toArray(CompletableFuture[]::new));
            draining.completeOnTimeout(null, DRAIN.toSeconds(), TimeUnit.SECONDS)
                    .exceptionally(e -> {
                        LOG.atWarn().setCause(e).log("part could not finish its work in progress");
                        return null;
                    })
                    .join();
            threads.shutdownNow();
        }
        parts.clear();
    }
}
