package dev.carillon.api.event;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains open streams: sends heartbeats and checks each second whether their callers still have access, once for all streams of a key.
 * It checks at once when a key is revoked or an agent is disabled.
 */
@Singleton
final class StreamMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(StreamMaintenance.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LAST_WORD = Duration.ofSeconds(3);
    private static final int CHECKS_AT_ONCE = 4;

    private final OpenStreams streams;
    private final StreamConfig config;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore wakes = new Semaphore(0);

    StreamMaintenance(OpenStreams streams, StreamConfig config, Signals signals) {
        this.streams = streams;
        this.config = config;
        for (var changed : List.of(Signal.API_KEYS_CHANGED, Signal.SESSIONS_CHANGED, Signal.MEMBERS_CHANGED)) {
            signals.subscribe(changed, wakes::release);
        }
    }

    @EventListener
    void start(ServerStartupEvent started) {
        threads.execute(() -> every("heartbeats", this::beat, this::pause));
        threads.execute(() -> every("checks", this::checkAll, this::pauseUnlessWoken));
    }

    private interface Pause {
        void take() throws InterruptedException;
    }

    private void every(String what, Runnable work, Pause pause) {
        try {
            while (!threads.isShutdown()) {
                pause.take();
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.atWarn().setCause(e).addKeyValue("what", what).log("stream maintenance failed; it is retried");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() throws InterruptedException {
        var heartbeat = config.heartbeat().dividedBy(2);
        TimeUnit.NANOSECONDS.sleep(Math.min(PAUSE.toNanos(), heartbeat.toNanos()));
    }

    private void pauseUnlessWoken() throws InterruptedException {
        if (wakes.tryAcquire(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
            wakes.drainPermits();
        }
    }

    private void beat() {
        long now = System.nanoTime();
        for (var stream : streams.all()) {
            stream.beat(now, config.heartbeat());
            stream.hangUpIfEndingFor(now, LONGEST_LAST_WORD);
        }
    }

    private void checkAll() {
        var turns = new Semaphore(CHECKS_AT_ONCE);
        try (var round = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var check : streams.checks()) {
                round.execute(() -> {
                    turns.acquireUninterruptibly();
                    try {
                        check(check);
                    } finally {
                        turns.release();
                    }
                });
            }
        }
    }

    private void check(Supplier<Actor> check) {
        try {
            check.get().require(Scope.EVENTS_READ);
        } catch (ApiException exception) {
            streams.of(check).forEach(stream -> stream.close(exception.code().wireName(), exception.detail()));
        } catch (RuntimeException e) {
            // The database is down: no caller can be verified, and no events arrive on the streams either.
            LOG.atDebug().setCause(e).log("caller check failed; its streams stay open");
        }
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
