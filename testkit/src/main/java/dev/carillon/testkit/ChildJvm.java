package dev.carillon.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Another JVM on the class path of this one, which tests can kill, freeze and continue from outside. Its output
 * (standard output and error) is kept. It does not outlive this JVM.
 */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final boolean ownGroup;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private ChildJvm(Process process, boolean ownGroup) {
        this.process = process;
        this.ownGroup = ownGroup;
        reader = Thread.ofVirtual()
                .start(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(lines::add));
    }

    /**
     * What to run.
     *
     * @param ownGroup whether it leads its own process group, as a program does that was started in a terminal
     */
    public record Launch(
            String mainClass,
            List<String> arguments,
            List<String> jvmArguments,
            Map<String, String> environment,
            boolean ownGroup) {

        public Launch {
            arguments = List.copyOf(arguments);
            jvmArguments = List.copyOf(jvmArguments);
            environment = Map.copyOf(environment);
        }

        /** A copy with these arguments of the main class. */
        public Launch withArguments(String... words) {
            return new Launch(mainClass, List.of(words), jvmArguments, environment, ownGroup);
        }

        /** A copy with these options of {@code java} instead of a small heap and a quick start. */
        public Launch withJvmArguments(String... words) {
            return new Launch(mainClass, arguments, List.of(words), environment, ownGroup);
        }

        /** A copy with one more environment variable, on top of those of this JVM. */
        public Launch withEnvironment(String name, String value) {
            var more = new TreeMap<>(environment);
            more.put(name, value);
            return new Launch(mainClass, arguments, jvmArguments, more, ownGroup);
        }

        /** A copy that leads its own process group; needs {@code setsid}, which Linux has. */
        public Launch inOwnGroup() {
            return new Launch(mainClass, arguments, jvmArguments, environment, true);
        }

        /** Starts the JVM. */
        public ChildJvm start() {
            var command = new ArrayList<String>();
            if (ownGroup) {
                command.add("setsid");
            }
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(jvmArguments);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
            command.addAll(arguments);
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            try {
                var child = new ChildJvm(builder.start(), ownGroup);
                TestFolder.atExit(child::close);
                return child;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs the {@code main} of a class that this JVM sees. */
    public static Launch of(Class<?> mainClass) {
        return of(mainClass.getName());
    }

    /** Runs the {@code main} of a class that this JVM sees. */
    public static Launch of(String mainClass) {
        var quickStart = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        return new Launch(mainClass, List.of(), quickStart, Map.of(), false);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything it has printed so far. */
    public String output() {
        return String.join("\n", lines);
    }

    /**
     * Waits for a line that contains a match of {@code regex} and returns the first match in the output.
     *
     * @throws AssertionError if the JVM ends without such a line, with everything it printed
     */
    public MatchResult awaitLine(String regex, Duration limit) {
        var pattern = Pattern.compile(regex);
        return await("a line with " + regex)
                .atMost(limit)
                .until(() -> findOrFail(pattern), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<MatchResult> findOrFail(Pattern pattern) {
        boolean ended = !reader.isAlive();
        var found = lines.stream()
                .flatMap(line -> pattern.matcher(line).results().limit(1))
                .findFirst();
        if (found.isEmpty() && ended) {
            throw new AssertionError("the other JVM ended without a line with " + pattern + ":\n" + output());
        }
        return found;
    }

    /** Waits for the JVM to end and returns its exit status; its output is complete then. */
    public int awaitExit(Duration limit) {
        await("the end of the other JVM").atMost(limit).until(() -> !process.isAlive() && !reader.isAlive());
        return process.exitValue();
    }

    /** {@code kill -9} of the JVM alone; returns when it is gone. */
    public void kill9() {
        signal("KILL", pid());
        process.onExit().join();
    }

    /** {@code kill -9} of its whole process group; returns when the JVM is gone. */
    public void kill9Group() {
        if (!ownGroup) {
            throw new IllegalStateException("this JVM does not have its own process group");
        }
        signal("KILL", -pid());
        process.onExit().join();
    }

    /** Asks the JVM to end (TERM). */
    public void terminate() {
        signal("TERM", pid());
    }

    /** What Ctrl-C in a terminal does: INT to the process group, or to the JVM if it has none of its own. */
    public void interrupt() {
        signal("INT", ownGroup ? -pid() : pid());
    }

    /** Freezes it, as a long pause of the machine or of its collector would. */
    public void sigstop() {
        signal("STOP", pid());
    }

    /** Continues a frozen JVM. */
    public void sigcont() {
        signal("CONT", pid());
    }

    /** Kills the JVM if it is still running. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static void signal(String name, long target) {
        try {
            var kill = new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(name, target))
                    .inheritIO()
                    .start();
            int status = kill.onExit().join().exitValue();
            if (status != 0) {
                throw new IllegalStateException("kill -%s %d ended with status %d".formatted(name, target, status));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
