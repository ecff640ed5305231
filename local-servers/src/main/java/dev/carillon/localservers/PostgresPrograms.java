package dev.carillon.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * PostgreSQL's programs, run in a way that works for root too: PostgreSQL refuses root, so root runs them in a user
 * namespace in which it is the user nobody.
 */
record PostgresPrograms(Path folder) {
    private static final Duration UNSHARE_LIMIT = Duration.ofSeconds(5);
    private static final Duration SINGLE_LIMIT = Duration.ofMinutes(1);

    void run(String program, List<String> arguments, Duration limit) {
        command(program, arguments).run(limit);
    }

    /** Runs statements without a server, as superuser and without a password; stops at the first one that fails. */
    void single(Path cluster, LocalServers.Options options, String... statements) {
        var arguments = List.of(
                "--single",
                "-D",
                cluster.toString(),
                "-c",
                "fsync=" + options.durable(),
                "-c",
                "exit_on_error=true",
                // Statements contain passwords, and the output of a failure ends up in a message.
                "-c",
                "log_min_error_statement=panic",
                "postgres");
        command("postgres", arguments)
                .withInput(String.join("\n", statements) + "\n")
                .run(SINGLE_LIMIT);
    }

    /** Why root cannot run PostgreSQL here; empty if it can, and for other users. */
    static Optional<String> rootRefusal() {
        if (!isRoot()) {
            return Optional.empty();
        }
        try {
            Command.of(List.of("unshare", "--user", "true")).run(UNSHARE_LIMIT);
            return Optional.empty();
        } catch (LocalServerFailed e) {
            return Optional.of(Objects.toString(e.getMessage()));
        }
    }

    private Command command(String program, List<String> arguments) {
        var words = new ArrayList<String>();
        if (isRoot()) {
            words.addAll(List.of("unshare", "--user"));
        }
        words.add(folder.resolve(program).toString());
        words.addAll(arguments);
        return Command.of(words);
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false; // no /proc: not Linux
        }
    }
}
