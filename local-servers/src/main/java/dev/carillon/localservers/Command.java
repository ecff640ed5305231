package dev.carillon.localservers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program that ends by itself. Only their owner can read the files that the program, or a server that it
 * starts, creates.
 */
record Command(List<String> words, String input) {
    private static final int KEPT_OUTPUT = 4000;
    /**
     * The rest of the environment stays here. It contains Carillon's own secrets, which a server would keep for as long
     * as it runs, and settings of the caller's PostgreSQL client (PGPORT, PGDATA), which would affect these servers.
     */
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LD_LIBRARY_PATH");

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
        var all = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "sh"));
        all.addAll(words);
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    static String tail(String text) {
        return text.substring(Math.max(0, text.length() - KEPT_OUTPUT)).strip();
    }
}
