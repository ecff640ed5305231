package dev.carillon.app.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.carillon.localservers.LocalServers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs scenarios one after the other, prints the table, and reports whether every count is right. */
@Command(
        name = "chaos",
        description = "Kills workers, and counts what the platform accepted",
        mixinStandardHelpOptions = true)
public final class Chaos implements Runnable {
    @Mixin
    private RunOptions options = new RunOptions();

    private final List<Tally> tallies = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** Exits with 1 if anything was doubled, lost, or left unknown without need. */
    public static void main(String[] arguments) {
        var chaos = new Chaos();
        int status = new CommandLine(chaos).execute(arguments);
        System.exit(status == 0 && !chaos.failures.isEmpty() ? 1 : status);
    }

    /** Runs the harness; returns the failures, an empty list if there are none. */
    static List<String> run(RunOptions options) {
        var chaos = new Chaos();
        chaos.options = options;
        chaos.run();
        return List.copyOf(chaos.failures);
    }

    @Override
    public void run() {
        Arrays.stream(KillPoint.values()).forEach(KillPoint::method);
        System.out.printf("chaos, seed %d%n", options.seed());
        // This process's pool would log many warnings while the database is stopped.
        ((Logger) LoggerFactory.getLogger("com.zaxxer.hikari")).setLevel(Level.ERROR);
        var random = new Random(options.seed());
        var all = options.full() ? Scenarios.all(random) : Scenarios.some(random);
        var scenarios = IntStream.range(0, all.size())
                .filter(options.half()::has)
                .mapToObj(all::get)
                .filter(scenario -> options.wants(scenario.name()))
                .toList();
        var folder = RunOptions.newFolder();
        try (var world = new World(folder);
                var judge = new Judge(world);
                var fleet = new Fleet("worker", world::environment, folder, folder.resolve("orders"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(world::stopServers, "chaos-stop"));
            var orders = Orders.in(folder.resolve("orders"));
            for (var scenario : scenarios) {
                play(scenario, world, fleet, orders, judge, random);
            }
        } finally {
            LocalServers.discard(folder);
        }
        print();
    }

    private void play(Scenario scenario, World world, Fleet fleet, Orders orders, Judge judge, Random random) {
        long began = System.nanoTime();
        fleet.beOf(scenario.workers());
        var audience = Audience.of(world, scenario.name(), scenario.kinds());
        var stage = new Stage(world, fleet, orders, judge, audience, random);
        try {
            scenario.play().accept(stage);
        } catch (AssertionError | RuntimeException e) {
            e.printStackTrace(System.out);
            failures.add("%s: %s".formatted(scenario.name(), e.getMessage()));
        }
        var counted = stage.count(scenario.name(), scenario.workers());
        tallies.addAll(counted);
        counted.stream()
                .flatMap(tally -> tally.offences().stream().map(offence -> "%s, %s: %s was %s"
                        .formatted(
                                tally.scenario(),
                                tally.kind().title(),
                                offence.line().id(),
                                offence.reason())))
                .forEach(failures::add);
        RunOptions.tellTime(scenario.name(), began);
    }

    private void print() {
        System.out.println();
        row(
                "scenario",
                "workers",
                "recovery capability",
                "publications",
                "cut off",
                "accepted",
                "doubles",
                "lost",
                "unknown");
        tallies.forEach(tally -> row(tally.scenario(), tally.workers(), tally.kind(), List.of(tally)));
        for (var kind : Kind.values()) {
            row(
                    "all",
                    "",
                    kind,
                    tallies.stream().filter(tally -> tally.kind() == kind).toList());
        }
        System.out.printf(
                "%nseed %d: %s%n", options.seed(), failures.isEmpty() ? "every count is right" : "NOT right:");
        failures.forEach(failure -> System.out.println("  " + failure));
    }

    private static void row(String name, Object workers, Kind kind, List<Tally> of) {
        row(
                name,
                workers,
                kind.title(),
                of.stream().mapToInt(Tally::publications).sum(),
                of.stream().mapToInt(Tally::cutOff).sum(),
                of.stream().mapToInt(Tally::accepted).sum(),
                of.stream().mapToInt(Tally::doubles).sum(),
                of.stream().mapToInt(Tally::lost).sum(),
                of.stream().mapToInt(Tally::unknown).sum());
    }

    private static void row(Object... cells) {
        System.out.printf("%-52s %7s %-18s %12s %7s %8s %7s %4s %7s%n", cells);
    }
}
