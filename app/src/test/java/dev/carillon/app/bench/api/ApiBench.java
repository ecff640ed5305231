package dev.carillon.app.bench.api;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.BenchFolder;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.bench.server.Machine;
import dev.carillon.app.bench.server.RoleProcess;
import dev.carillon.app.bench.server.StatementStatistics;
import dev.carillon.app.bench.server.WarmUp;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.sealing.MasterKey;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./carillon bench api}: measures, and reports which goals were met. */
@Command(
        name = "./carillon bench api",
        description = "Measures how many requests one API process answers in a workspace of a million posts.",
        mixinStandardHelpOptions = true)
public final class ApiBench implements Callable<Integer> {
    private static final int CONNECTIONS_OF_THE_API = 24;
    private static final String TO_LOGBACK = "logback.configurationFile";

    private final PrintStream out = System.out;
    private final Path output = Path.of(System.getProperty("carillon.bench.output", "target/bench"));

    @Parameters(
            paramLabel = "what",
            description =
                    "hello, select, insert, get, first, deep, filters, search, expand, create or batch; all of them if you name none")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "smaller numbers, to try it; the goals do not apply to them")
    private boolean quick;

    @Option(names = "--posts", paramLabel = "N", description = "posts in the workspace")
    private @Nullable Integer posts;

    @Option(
            names = "--profile",
            description = "record the API's JVM and PostgreSQL's most expensive statements; figures get slightly worse")
    private boolean profile;

    /**
     * The size of a run.
     *
     * @param deepPage counted from 1
     * @param warmUp duration of one warm-up turn, repeated as long as it makes a route faster
     * @param warmUps the most warm-up turns
     * @param turn duration of one measured turn
     * @param rounds rounds of turns
     */
    private record Scale(int posts, int deepPage, Duration warmUp, int warmUps, Duration turn, int rounds) {
        static final Scale FULL = new Scale(1_000_000, 10_000, Duration.ofSeconds(10), 9, Duration.ofSeconds(5), 4);
        static final Scale QUICK = new Scale(20_000, 500, Duration.ofSeconds(4), 1, Duration.ofSeconds(2), 2);

        Scale with(int otherPosts) {
            return new Scale(otherPosts, Math.min(deepPage, otherPosts / 40), warmUp, warmUps, turn, rounds);
        }
    }

    /** Exit code 0 whether goals are met or not, 1 if something could not be measured. */
    public static void main(String[] arguments) {
        System.setProperty(TO_LOGBACK, "logback-bench.xml");
        System.exit(new CommandLine(new ApiBench())
                .setExecutionExceptionHandler(ApiBench::explain)
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
        refuseUnknownNames();
        Files.createDirectories(output);
        var scale = quick ? Scale.QUICK : Scale.FULL;
        try (var folder = new BenchFolder();
                var servers = BenchServers.start(
                        Settings.of(System.getenv()), folder.path().resolve("servers"), profile);
                var database = servers.carillon();
                var superuser = BenchDatabase.of(servers.superuser(database))) {
            if (!servers.hasSuperuser()) {
                throw new StartRefused("This benchmark runs only on embedded servers. Unset CARILLON_DATABASE_URL.");
            }
            Machine.print(out, database);
            run(servers, database, superuser, posts == null ? scale : scale.with(posts));
        }
        return CommandLine.ExitCode.OK;
    }

    private void refuseUnknownNames() {
        names.stream()
                .filter(name -> !Scenarios.WORDS.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new StartRefused(
                            "There is no measurement '%s'. Use one of %s.".formatted(name, Scenarios.WORDS.keySet()));
                });
    }

    private void run(BenchServers servers, BenchDatabase database, BenchDatabase superuser, Scale scale)
            throws Exception {
        long began = System.nanoTime();
        var archive = Archive.write(superuser, new MasterKey(servers.masterKey()), scale.posts());
        servers.checkpoint();
        out.printf(
                "%,d posts written in %d s%n",
                scale.posts(), Duration.ofNanos(System.nanoTime() - began).toSeconds());
        var jvmOptions = profile
                ? List.of("-XX:StartFlightRecording=settings=profile,filename=%s/api-%%p.jfr".formatted(output))
                : List.<String>of();
        try (var api = RoleProcess.start("api", servers, database, jvmOptions, Map.of("CARILLON_BENCH_HELLO", "true"));
                var pool = database.newPool(CONNECTIONS_OF_THE_API)) {
            var wanted = new Scenarios(api.address(), archive, pool, scale.deepPage())
                    .all().stream().filter(this::isWanted).toList();
            try {
                new Report(measure(wanted, scale, superuser), out).print();
            } finally {
                // Empty in a good run: the process logs warnings only.
                out.println(api.saidSinceItsStart());
            }
        }
    }

    private boolean isWanted(Contestant contestant) {
        return names.isEmpty()
                || names.stream().anyMatch(name -> Scenarios.named(name).contains(contestant.name()));
    }

    private static void warmUp(Contestant contestant, Scale scale) throws Exception {
        WarmUp.run(scale.warmUps(), () -> contestant.run(scale.warmUp()).perSecond());
    }

    /** All measurements take turns, so that a temporarily busy machine affects them all equally. */
    private Map<String, Measured> measure(List<Contestant> contestants, Scale scale, BenchDatabase superuser)
            throws Exception {
        var statements = new StatementStatistics(superuser);
        for (var contestant : contestants) {
            warmUp(contestant, scale);
        }
        // As autovacuum does within a minute, so that plans made for empty tables are replaced.
        superuser.run("ANALYZE");
        var measured = new LinkedHashMap<String, Measured>();
        for (int round = 1; round <= scale.rounds(); round++) {
            for (var contestant : contestants) {
                statements.reset();
                var turn = contestant.run(scale.turn());
                measured.computeIfAbsent(contestant.name(), name -> new Measured())
                        .add(turn);
                out.printf("round %d  %-34s %,10.0f a second%n", round, contestant.name(), turn.perSecond());
                if (statements.available() && round == scale.rounds()) {
                    statements.print(out);
                }
            }
        }
        return measured;
    }
}
