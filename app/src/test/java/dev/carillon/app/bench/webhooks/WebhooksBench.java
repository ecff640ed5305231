package dev.carillon.app.bench.webhooks;

import dev.carillon.app.bench.server.BenchFolder;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.bench.server.Goal;
import dev.carillon.app.bench.server.Machine;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./carillon bench webhooks}: measures, and reports which goals were met. */
@Command(
        name = "./carillon bench webhooks",
        description = "Measures how events become webhooks, and compares a bare loop of the same HTTP client.",
        mixinStandardHelpOptions = true)
public final class WebhooksBench implements Callable<Integer> {
    private static final String TO_LOGBACK = "logback.configurationFile";

    private final PrintStream out = System.out;
    private final Path output = Path.of(System.getProperty("carillon.bench.output", "target/bench"));
    private final Map<String, Measurement> measurements = new LinkedHashMap<>();

    @Parameters(paramLabel = "what", description = "throughput, latency or dead; all of them if you name none")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "smaller numbers, to try it; the goals do not apply to them")
    private boolean quick;

    @Option(
            names = "--profile",
            description = "record the dispatch JVM and the most expensive statements; figures get slightly worse")
    private boolean profile;

    WebhooksBench() {
        measurements.put("throughput", this::throughput);
        measurements.put("latency", this::latency);
        measurements.put("dead", this::dead);
    }

    private interface Measurement {
        List<Goal> run(BenchServers servers, Scale scale) throws IOException;
    }

    /** Exit code 0 whether goals are met or not, 1 if something could not be measured. */
    public static void main(String[] arguments) {
        System.setProperty(TO_LOGBACK, "logback-bench.xml");
        System.exit(new CommandLine(new WebhooksBench())
                .setExecutionExceptionHandler(WebhooksBench::explain)
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
        var wanted = names.isEmpty() ? List.copyOf(measurements.keySet()) : names;
        wanted.stream()
                .filter(name -> !measurements.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new StartRefused(
                            "There is no measurement '%s'. Use one of %s.".formatted(name, measurements.keySet()));
                });
        Files.createDirectories(output);
        var goals = new ArrayList<Goal>();
        try (var folder = new BenchFolder();
                var servers = BenchServers.start(
                        Settings.of(System.getenv()), folder.path().resolve("servers"), profile)) {
            try (var database = servers.empty()) {
                Machine.print(out, database);
            }
            for (var measurement : measurements.entrySet()) {
                if (wanted.contains(measurement.getKey())) {
                    goals.addAll(measurement.getValue().run(servers, quick ? Scale.QUICK : Scale.FULL));
                }
            }
        }
        out.println();
        goals.forEach(out::println);
        return CommandLine.ExitCode.OK;
    }

    private List<Goal> throughput(BenchServers servers, Scale scale) throws IOException {
        try (var receiver = FastReceiver.start();
                var place = place(servers, receiver.url().getAuthority())) {
            return new Throughput(place, receiver, scale).run();
        }
    }

    private List<Goal> latency(BenchServers servers, Scale scale) throws IOException {
        try (var receiver = FastReceiver.start();
                var place = place(servers, receiver.url().getAuthority())) {
            return new Latency(place, receiver, scale).run();
        }
    }

    /** The hanging receiver closes first, so that stopping does not wait for its open attempts. */
    private List<Goal> dead(BenchServers servers, Scale scale) throws IOException {
        try (var receiver = FastReceiver.start();
                var hanging = HangingReceiver.start();
                var place = place(
                        servers,
                        receiver.url().getAuthority() + "," + hanging.url().getAuthority())) {
            var goals = new DeadNeighbour(place, receiver, hanging, scale).run();
            hanging.letGo();
            return goals;
        }
    }

    private Place place(BenchServers servers, String allowed) {
        var jvmOptions = profile
                ? List.of("-XX:StartFlightRecording=settings=profile,filename=%s/webhooks-%%p.jfr".formatted(output))
                : List.<String>of();
        return Place.start(servers, allowed, jvmOptions, out);
    }
}
