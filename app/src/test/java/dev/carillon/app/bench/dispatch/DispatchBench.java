package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.server.BenchFolder;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.bench.server.Machine;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./carillon bench dispatch}: measures, and reports which goals were met. */
@Command(
        name = "./carillon bench dispatch",
        description =
                "Measures how due posts are dispatched, and compares other job queues on the same database server.",
        mixinStandardHelpOptions = true)
public final class DispatchBench implements Callable<Integer> {
    private static final List<Scenario> SCENARIOS = List.of(
            new NeighbourScenario(),
            new SteadyScenario(),
            new ThroughputScenario(),
            new SlowScenario(),
            new HistoryScenario(),
            new HangScenario());
    private static final String TO_LOGBACK = "logback.configurationFile";

    private static final Pattern WARNING = Pattern.compile("[\\d:.]+ (WARN|ERROR) ");

    private final PrintStream out = System.out;
    private final Path output = Path.of(System.getProperty("carillon.bench.output", "target/bench"));

    @Parameters(
            paramLabel = "scenario",
            description = "neighbour, steady, throughput, slow, history or hang; all of them if you name none")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "smaller numbers, to try it; the goals do not apply to them")
    private boolean quick;

    @Option(names = "--alone", description = "Carillon only, without the other queues")
    private boolean alone;

    @Option(
            names = "--profile",
            description = "record this JVM and PostgreSQL's most expensive statements; figures get slightly worse")
    private boolean profile;

    @Option(names = "--worker-process", description = "run the worker in a separate JVM, with the launcher's options")
    private boolean workerProcess;

    @Option(names = "--history", paramLabel = "N", description = "finished publications in scenario history")
    private @Nullable Integer history;

    /** Exit code 0 whether goals are met or not, 1 if something could not be measured. */
    public static void main(String[] arguments) {
        // Logback reads this when it is first used: the worker logs to a file and not between the lines of the report.
        System.setProperty(TO_LOGBACK, "logback-bench.xml");
        System.exit(new CommandLine(new DispatchBench())
                .setExecutionExceptionHandler(DispatchBench::explain)
                .execute(arguments));
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult result) {
        if (failure instanceof StartRefused) {
            command.getErr().println(failure.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public Integer call() throws Exception {
        var wanted = wanted();
        Files.createDirectories(output);
        for (var log : logs()) {
            Files.deleteIfExists(log);
        }
        try (var folder = new BenchFolder()) {
            var settings = Settings.of(System.getenv());
            try (var servers = BenchServers.start(settings, folder.path().resolve("servers"), profile)) {
                var mode = new Bench.Mode(alone, profile, workerProcess, folder.path(), output);
                return run(new Bench(servers, scale(), mode, out), wanted)
                        ? CommandLine.ExitCode.OK
                        : CommandLine.ExitCode.SOFTWARE;
            }
        }
    }

    private Scale scale() {
        var scale = quick ? Scale.QUICK : Scale.FULL;
        return history == null ? scale : scale.withHistory(history);
    }

    /** Returns whether everything could be measured. */
    private boolean run(Bench bench, List<Scenario> wanted) throws IOException {
        try (var database = bench.servers().empty()) {
            Machine.print(out, database);
        }
        var failed =
                wanted.stream().filter(scenario -> !measured(scenario, bench)).toList();
        out.printf(
                "%nAll results (the delay is from due to started, by the database's clock for Carillon)%n%s%n",
                Result.HEAD);
        bench.results().forEach(result -> out.println(result.line()));
        failed.forEach(scenario -> out.printf("%s  could not be measured, see above%n", scenario.name()));
        tellOfTheLogs();
        return failed.isEmpty();
    }

    /** A failed scenario does not stop the others. */
    private boolean measured(Scenario scenario, Bench bench) {
        out.printf("%n%s: %s%n%s%n", scenario.name(), scenario.about(bench.scale()), Result.HEAD);
        try {
            scenario.run(bench);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            e.printStackTrace(out);
            return false;
        }
    }

    private void tellOfTheLogs() throws IOException {
        for (var log : logs()) {
            if (Files.exists(log)) {
                try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
                    long warnings = lines.filter(line -> WARNING.matcher(line).lookingAt())
                            .count();
                    out.print(warnings == 0 ? "" : "%d warnings and errors were logged: %s%n".formatted(warnings, log));
                }
            }
        }
    }

    private List<Path> logs() {
        return List.of(output.resolve("dispatch.log"), output.resolve("worker.log"));
    }

    private List<Scenario> wanted() {
        var known = SCENARIOS.stream().map(Scenario::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new StartRefused(
                    "There is no scenario '%s'. Use one of: %s.".formatted(name, String.join(", ", known)));
        });
        return SCENARIOS.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .toList();
    }
}
