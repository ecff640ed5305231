package dev.carillon.app.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.carillon.localservers.LocalServers;
import dev.carillon.testkit.WebhookReceiver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs scenarios of webhook senders one after the other, prints the table, and reports whether every count is right. */
@Command(
        name = "chaos webhooks",
        description = "Kills webhook senders, and counts what the receiver got",
        mixinStandardHelpOptions = true)
public final class SenderChaos implements Runnable {
    @Mixin
    private RunOptions options = new RunOptions();

    private final List<SenderTally> tallies = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** Exits with 1 if anything was lost, or doubled without need. */
    public static void main(String[] arguments) {
        var chaos = new SenderChaos();
        int status = new CommandLine(chaos).execute(arguments);
        System.exit(status == 0 && !chaos.failures.isEmpty() ? 1 : status);
    }

    /** The form that takes under a minute; returns the failures, an empty list if there are none. */
    static List<String> runFew(long seed) {
        var chaos = new SenderChaos();
        chaos.options = RunOptions.of(seed);
        chaos.play(SenderScenarios.few(), new Random(seed));
        return List.copyOf(chaos.failures);
    }

    /** Runs the harness as the command does; returns the failures, an empty list if there are none. */
    static List<String> run(RunOptions options) {
        var chaos = new SenderChaos();
        chaos.options = options;
        chaos.run();
        return List.copyOf(chaos.failures);
    }

    @Override
    public void run() {
        var random = new Random(options.seed());
        var scenarios = options.full() ? SenderScenarios.all(random) : SenderScenarios.some(random);
        play(
                scenarios.stream()
                        .filter(scenario -> options.wants(scenario.name()))
                        .toList(),
                random);
    }

    private void play(List<SenderScenario> scenarios, Random random) {
        KillPoint.of(KillPoint.Whose.SENDER).forEach(KillPoint::method);
        System.out.printf("chaos webhooks, seed %d%n", options.seed());
        // This process's pool would log many warnings while the database is stopped.
        ((Logger) LoggerFactory.getLogger("com.zaxxer.hikari")).setLevel(Level.ERROR);
        var folder = RunOptions.newFolder();
        try (var receiver = WebhookReceiver.start();
                var ground = new Ground(folder, Map.of("carillon.outbound.allow", place(receiver)));
                var fleet =
                        new Fleet("dispatch", () -> environment(ground, receiver), folder, folder.resolve("orders"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(ground::stopServers, "chaos-stop"));
            var director = new Director(fleet, Orders.in(folder.resolve("orders")));
            for (var scenario : scenarios) {
                var stage = new SenderStage(ground, director, receiver, random, tallies.size() + 1);
                play(scenario, stage);
            }
        } finally {
            LocalServers.discard(folder);
        }
        print();
    }

    private static String place(WebhookReceiver receiver) {
        return receiver.url().getAuthority();
    }

    private static Map<String, String> environment(Ground ground, WebhookReceiver receiver) {
        var known = new LinkedHashMap<>(ground.environment());
        known.put("CARILLON_OUTBOUND_ALLOW", place(receiver));
        return known;
    }

    private void play(SenderScenario scenario, SenderStage stage) {
        long began = System.nanoTime();
        stage.director().fleet().beOf(scenario.senders());
        try {
            scenario.play().accept(stage);
        } catch (AssertionError | RuntimeException e) {
            e.printStackTrace(System.out);
            failures.add("%s: %s".formatted(scenario.name(), e.getMessage()));
        }
        var tally = stage.count(scenario.name(), scenario.senders());
        tallies.add(tally);
        tally.offences()
                .forEach(offence -> failures.add("%s: %s was %s"
                        .formatted(scenario.name(), offence.line().id(), offence.reason())));
        RunOptions.tellTime(scenario.name(), began);
    }

    private void print() {
        System.out.println();
        row("scenario", "senders", "events", "received", "doubles", "lost");
        tallies.forEach(tally -> row(tally.scenario(), tally.senders(), List.of(tally)));
        row("all", "", tallies);
        System.out.printf(
                "%nseed %d: %s%n", options.seed(), failures.isEmpty() ? "every count is right" : "NOT right:");
        failures.forEach(failure -> System.out.println("  " + failure));
    }

    private static void row(String name, Object senders, List<SenderTally> of) {
        row(
                name,
                senders,
                of.stream().mapToInt(SenderTally::events).sum(),
                of.stream().mapToInt(SenderTally::received).sum(),
                of.stream().mapToInt(SenderTally::doubles).sum(),
                of.stream().mapToInt(SenderTally::lost).sum());
    }

    private static void row(Object... cells) {
        System.out.printf("%-64s %7s %8s %9s %7s %5s%n", cells);
    }
}
