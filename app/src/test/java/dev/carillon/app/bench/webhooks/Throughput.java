package dev.carillon.app.bench.webhooks;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.Goal;
import dev.carillon.app.bench.server.StatementStatistics;
import dev.carillon.app.bench.server.WarmUp;
import dev.carillon.core.kernel.WorkspaceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Deliveries a second, from the commit of their events to the last recorded outcome, in turns with a bare loop of the same client against
 * the same receiver.
 */
final class Throughput {
    private static final double GOAL_PER_SECOND = 1_500;
    private static final double GOAL_SHARE = 1 / 3.0;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Place place;
    private final FastReceiver receiver;
    private final Scale scale;
    private final List<WorkspaceId> workspaces = new ArrayList<>();

    Throughput(Place place, FastReceiver receiver, Scale scale) {
        this.place = place;
        this.receiver = receiver;
        this.scale = scale;
        for (int i = 0; i < scale.workspaces(); i++) {
            workspaces.add(place.customers().add(receiver.url()));
        }
    }

    /** A number of operations in a period. */
    private record Rate(long count, Duration time) {
        double perSecond() {
            return count / (time.toNanos() / 1e9);
        }

        static double overall(List<Rate> rates) {
            var time = rates.stream().map(Rate::time).reduce(Duration.ZERO, Duration::plus);
            return new Rate(rates.stream().mapToLong(Rate::count).sum(), time).perSecond();
        }
    }

    List<Goal> run() {
        receiver.tellNobody();
        int warmUps = scale.warmUp()
                * WarmUp.run(scale.warmUps(), () -> burst(scale.warmUp()).perSecond());
        place.analyze();
        receiver.mostOpen();
        var deliveries = new ArrayList<Rate>();
        var bare = new ArrayList<Rate>();
        for (int round = 1; round <= scale.rounds(); round++) {
            var burst = round == scale.rounds() ? watched(scale.burst()) : burst(scale.burst());
            int threads = Math.max(1, receiver.mostOpen());
            double loop = BareLoop.run(receiver.url(), threads, warmUps, scale.burst());
            place.out()
                    .printf(
                            "round %d     %,.0f deliveries a second, everything recorded; the bare loop, %d threads: %,.0f requests a second%n",
                            round, burst.perSecond(), threads, loop);
            deliveries.add(burst);
            bare.add(new Rate(scale.burst(), Duration.ofNanos((long) (scale.burst() / loop * 1e9))));
        }
        double perSecond = Rate.overall(deliveries);
        double share = perSecond / Rate.overall(bare);
        place.out()
                .printf(
                        "deliveries  %,d of %d workspaces: %,.0f a second, %.0f %% of the bare loop's %,.0f%n",
                        (long) scale.rounds() * scale.burst(),
                        workspaces.size(),
                        perSecond,
                        100 * share,
                        Rate.overall(bare));
        return List.of(
                Goal.atLeast("deliveries", GOAL_PER_SECOND, perSecond),
                new Goal("deliveries at least a third of the bare loop", share >= GOAL_SHARE));
    }

    /** One burst, and its cost in PostgreSQL if that is counted. */
    private Rate watched(int count) {
        try (var superuser = BenchDatabase.of(place.servers().superuser(place.database()))) {
            var statements = new StatementStatistics(superuser);
            statements.reset();
            var rate = burst(count);
            if (statements.available()) {
                statements.print(place.out());
            }
            return rate;
        }
    }

    private Rate burst(int count) {
        var database = place.database();
        var bulk = place.bulk();
        long before = receiver.count();
        var since = database.now();
        bulk.write(workspaces, count);
        var committed = database.now();
        Awaitility.await("%,d requests".formatted(count))
                .atMost(LIMIT)
                .pollInterval(LOOK_AGAIN)
                .until(() -> receiver.count() - before >= count);
        var delivered = Awaitility.await("%,d recorded deliveries".formatted(count))
                .atMost(LIMIT)
                .pollInterval(LOOK_AGAIN)
                .until(() -> bulk.delivered(since, workspaces), found -> found.count() == count);
        long attempts = bulk.attempts(since, workspaces);
        if (attempts != count || receiver.count() - before != count) {
            throw new IllegalStateException("%,d deliveries were expected; %,d were received and %,d attempts recorded"
                    .formatted(count, receiver.count() - before, attempts));
        }
        return new Rate(count, Duration.between(committed, delivered.last()));
    }
}
