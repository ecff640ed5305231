package dev.carillon.core.sealing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A few platform threads on which Tink works. It keeps a seeded source of random numbers and a cipher for each thread that comes, and every
 * request and every delivery comes on a new virtual one: seeding them took a tenth of the time of a request.
 */
final class CipherThreads {
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("cipher ", 0).factory());

    private CipherThreads() {}

    /** Does the work on one of them, and throws what it throws. */
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
