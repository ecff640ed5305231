package dev.carillon.localservers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run of a program that ends by itself. */
record Command(List<String> words, String input) {
    private static final int KEPT_OUTPUT = 4000;

    Command {
        words = List.copyOf(words);
    }

    static Command of(List<String> words) {
        return new Command(words, "");
    }

    Command withInput(String text) {
        return new Command(words, text);
    }

    /** @throws LocalServerFailed if the program cannot be run, fails, or takes longer than {@code limit} */
    void run(Duration limit) {
        try {
            var process = builder().start();
            CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(process::destroyForcibly);
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.onExit().join().exitValue();
            if (status != 0) {
                throw new LocalServerFailed("%s ended with status %d: %s".formatted(words, status, tail(output)));
            }
        } catch (IOException e) {
            throw new LocalServerFailed("could not run %s".formatted(words), e);
        }
    }

    private ProcessBuilder builder() {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        // Settings of the caller's own PostgreSQL client (PGPORT, PGDATA, PGOPTIONS) would affect these servers.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    static String tail(String text) {
        return text.substring(Math.max(0, text.length() - KEPT_OUTPUT)).strip();
    }
}
