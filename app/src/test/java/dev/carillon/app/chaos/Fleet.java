package dev.carillon.app.chaos;

import static org.awaitility.Awaitility.await;

import dev.carillon.testkit.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes of one role, each a JVM. Dead ones are replaced. */
final class Fleet implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration DEATH = Duration.ofSeconds(20);

    private final String role;
    private final Supplier<Map<String, String>> environment;
    private final Path agent;
    private final Path orders;
    private final List<ChildJvm> workers = new ArrayList<>();
    private final List<ChildJvm> gone = new ArrayList<>();
    private int wanted;

    /**
     * Creates an empty fleet.
     *
     * @param environment of each process that starts
     * @param folder for the agent's file
     * @param orders the folder where processes look for orders
     */
    Fleet(String role, Supplier<Map<String, String>> environment, Path folder, Path orders) {
        this.role = role;
        this.environment = environment;
        this.orders = orders;
        this.agent = ChaosAgent.jarIn(folder);
    }

    /** Sets the number of processes, and waits until all are ready. */
    void beOf(int number) {
        wanted = number;
        while (workers.size() > number) {
            var last = workers.removeLast();
            last.kill9();
            gone.add(last);
        }
        refill();
        workers.forEach(Fleet::awaitReady);
    }

    /** Replaces dead processes; does not wait for the new ones. */
    void refill() {
        for (var dead : workers.stream().filter(worker -> !worker.isAlive()).toList()) {
            workers.remove(dead);
            gone.add(dead);
        }
        while (workers.size() < wanted) {
            workers.add(start(Duration.ZERO));
        }
    }

    /** Adds a process whose wall clock is shifted; the wanted number grows by one. */
    ChildJvm addShifted(Duration clockShift) {
        var shifted = start(clockShift);
        wanted++;
        workers.add(shifted);
        awaitReady(shifted);
        return shifted;
    }

    private ChildJvm start(Duration clockShift) {
        var launch = ChildJvm.of(ChaosProcess.class)
                .withArguments(role)
                .withJvmArguments(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xshare:auto",
                        "-javaagent:" + agent,
                        "-D%s=%s".formatted(KillSwitch.FOLDER, orders),
                        "-D%s=%d".formatted(ChaosAgent.CLOCK_SHIFT, clockShift.toSeconds()));
        for (var setting : environment.get().entrySet()) {
            launch = launch.withEnvironment(setting.getKey(), setting.getValue());
        }
        return launch.start();
    }

    private static void awaitReady(ChildJvm worker) {
        worker.awaitLine("Carillon is ready", START);
    }

    /** {@code kill -9} of a random process. */
    void killAny(RandomGenerator random) {
        var victim = workers.get(random.nextInt(workers.size()));
        if (victim.isAlive()) {
            victim.kill9();
        }
    }

    /** Waits until the process is dead. */
    void awaitDeath(long pid) {
        await("the end of process " + pid).atMost(DEATH).until(() -> workers.stream()
                .noneMatch(worker -> worker.pid() == pid && worker.isAlive()));
    }

    ChildJvm withPid(long pid) {
        return workers.stream()
                .filter(worker -> worker.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no process has the pid " + pid));
    }

    /** Their output lines that contain a word, including those of dead processes. */
    String linesAbout(String word) {
        var all = new ArrayList<>(gone);
        all.addAll(workers);
        return all.stream()
                .flatMap(worker -> worker.output()
                        .lines()
                        .filter(line -> line.contains(word))
                        .map(line -> "  process %d: %s".formatted(worker.pid(), line)))
                .collect(Collectors.joining("\n"));
    }

    /** The stalls of all processes, dead ones included. */
    List<Stalls.Stall> stalls() {
        return Stream.concat(gone.stream(), workers.stream())
                .flatMap(worker -> worker.output().lines())
                .flatMap(line -> Stalls.read(line).stream())
                .toList();
    }

    @Override
    public void close() {
        workers.forEach(ChildJvm::close);
    }
}
