package dev.carillon.app.bench.dispatch;

import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./carillon bench dispatch}: measures, and says which goals were met. */
@Command(
        name = "carillon bench dispatch",
        description = "Measures how due posts are dispatched, with other job queues beside it.",
        mixinStandardHelpOptions = true)
public final class DispatchBench implements Callable<Integer> {
    private static final List<Scenario> SCENARIOS = List.of(
            new NeighbourScenario(),
            new SteadyScenario(),
            new ThroughputScenario(),
            new SlowScenario(),
            new HangScenario());

    private final PrintStream out = System.out;

    @Parameters(
            paramLabel = "scenario",
            description = "neighbour, steady, throughput, slow, history, hang; all of them without a name")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "smaller numbers, to try it")
    private boolean quick;

    @Option(names = "--alone", description = "Carillon only, without the other queues")
    private boolean alone;

    @Option(
            names = "--profile",
            description =
                    "a flight recording of each measurement, and what cost PostgreSQL most; figures suffer a little")
    private boolean profile;

    @Option(names = "--worker-process", description = "the worker in a process of its own, with the launcher's options")
    private boolean workerProcess;

    @Option(names = "--history", paramLabel = "N", description = "closed publications of the past in scenario history")
    private @Nullable Integer history;

    private final Path output = Path.of(System.getProperty("carillon.bench.output", "target/bench"));

    /** Runs it and ends the process: 0 whether goals are met or not, 1 when something could not be measured. */
    public static void main(String[] arguments) {
        // Read by Logback when it is first used: what the worker logs goes into a file, and not between the lines of
        // the report.
        System.setProperty("logback.configurationFile", "logback-bench.xml");
        System.exit(new CommandLine(new DispatchBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var wanted = wanted();
        Files.createDirectories(output);
        var scale = quick ? Scale.QUICK : Scale.FULL;
        if (history != null) {
            scale = scale.withHistory(history);
        }
        try (var folder = new BenchFolder();
                var servers = BenchServers.start(
                        Settings.of(System.getenv()), folder.path().resolve("servers"), profile)) {
            var bench = new Bench(
                    servers, scale, new Bench.Mode(alone, profile, workerProcess, folder.path(), output), out);
            for (var scenario : wanted) {
                out.printf("%n%s: %s.%n%s%n", scenario.name(), scenario.about(scale), Result.HEAD);
                scenario.run(bench);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private List<Scenario> wanted() {
        var known = SCENARIOS.stream().map(Scenario::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new StartRefused("There is no scenario '%s', only %s.".formatted(name, String.join(", ", known)));
        });
        return SCENARIOS.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }
}
