package dev.carillon.core.sealing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Platform threads for Tink. Tink keeps a seeded random source and a cipher per thread, and every request and delivery
 * runs on a new virtual thread: seeding them took a tenth of a request's time.
 */
final class CipherThreads {
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("cipher ", 0).factory());

    private CipherThreads() {}

    /** Runs the work on one of these threads, and rethrows its exception. */
    static <T> T on(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        try {
            return CompletableFuture.supplyAsync(work, THREADS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
