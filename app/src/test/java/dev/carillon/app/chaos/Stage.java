package dev.carillon.app.chaos;

import static org.awaitility.Awaitility.await;

import dev.carillon.app.chaos.Orders.Action;
import dev.carillon.app.chaos.Orders.Order;
import dev.carillon.core.kernel.AccountId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionTimeoutException;

/** What a scenario uses: workers, its own accounts, orders, and the count at its end. */
final class Stage {
    private static final int POSTS = 4;
    private static final Duration POST_AGAIN = Duration.ofSeconds(3);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(3);

    private final World world;
    private final Fleet fleet;
    private final Director director;
    private final Judge judge;
    private final Books books;
    private final Audience audience;
    private final RandomGenerator random;

    Stage(World world, Fleet fleet, Orders orders, Judge judge, Audience audience, RandomGenerator random) {
        this.world = world;
        this.fleet = fleet;
        this.director = new Director(fleet, orders);
        this.judge = judge;
        this.books = new Books(world);
        this.audience = audience;
        this.random = random;
    }

    World world() {
        return world;
    }

    Fleet fleet() {
        return fleet;
    }

    Audience audience() {
        return audience;
    }

    RandomGenerator random() {
        return random;
    }

    /** Gives an order and creates posts until a worker has carried it out. */
    void at(KillPoint point, int hit, Action action) {
        awaitObeyed(order(point, hit, action));
    }

    /** Gives an order that a worker carries out later, while the scenario waits for other orders. */
    Order order(KillPoint point, int hit, Action action) {
        return director.order(point, hit, action);
    }

    /** Creates posts until a worker has carried out the order; returns its pid. */
    long awaitObeyed(Order order) {
        return director.awaitObeyed(order, () -> audience.post(POSTS), POST_AGAIN);
    }

    /** Waits until a worker has carried out the order, without creating posts. */
    void awaitObeyedByItself(Order order) {
        director.awaitObeyed(order, () -> {}, POST_AGAIN);
    }

    /** The posts of an account on its platform, the oldest first. */
    List<Judge.Shown> shown(AccountId account) {
        return judge.shown(account);
    }

    void resume(Order order, long pid) {
        director.resume(order, pid);
    }

    /** Runs something at intervals for a period. */
    void during(Duration time, Duration pause, Runnable each) {
        director.during(time, pause, each);
    }

    /** Waits until every publication is settled. */
    void awaitSettled() {
        try {
            await().atMost(SETTLED_WITHIN).pollInterval(Duration.ofMillis(250)).until(() -> {
                fleet.refill();
                return books.open(audience.accounts()) == 0 && everythingIsSettled();
            });
        } catch (ConditionTimeoutException e) {
            books.sessions().forEach(System.out::println);
            throw new AssertionError("some publications were not settled within " + SETTLED_WITHIN, e);
        }
    }

    /**
     * Waits until every publication is settled, and a little longer for unexpected changes; then counts. A publication that is not settled
     * in time is counted as it is.
     */
    List<Tally> count(String scenario, int workers) {
        try {
            awaitSettled();
            during(Duration.ofMillis(500), Duration.ofMillis(100), () -> {});
        } catch (AssertionError e) {
            System.out.printf("%s: %s%n", scenario, e.getMessage());
        }
        var tallies = audience.kinds().stream()
                .map(kind -> Tally.of(scenario, workers, kind, lines(kind), accepted(audience.accounts(kind))))
                .toList();
        tallies.forEach(this::explain);
        books.askNoMore(audience.accounts());
        return tallies;
    }

    private boolean everythingIsSettled() {
        return audience.kinds().stream().allMatch(kind -> {
            var accepted = accepted(audience.accounts(kind));
            return lines(kind).stream().allMatch(line -> Tally.isSettled(kind, line, accepted));
        });
    }

    private List<Books.Line> lines(Kind kind) {
        return audience.accounts(kind).stream()
                .flatMap(account -> books.of(account).stream())
                .toList();
    }

    private Map<String, List<String>> accepted(List<AccountId> accounts) {
        var accepted = new HashMap<String, List<String>>();
        accounts.forEach(account -> accepted.putAll(judge.accepted(account)));
        return accepted;
    }

    private void explain(Tally tally) {
        if (tally.offences().isEmpty()) {
            return;
        }
        var accepted = accepted(audience.accounts());
        for (var offence : tally.offences()) {
            var id = offence.line().id();
            System.out.printf(
                    "%n%s, %s: %s was %s%n", tally.scenario(), tally.kind().title(), id, offence.reason());
            books.story(id).forEach(line -> System.out.println("  " + line));
            System.out.println("  posts on the platform: " + accepted.getOrDefault(id.toString(), List.of()));
            System.out.println(fleet.linesAbout(id.toString()));
        }
    }
}
