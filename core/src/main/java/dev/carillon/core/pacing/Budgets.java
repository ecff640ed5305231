package dev.carillon.core.pacing;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.platform.PublishOutcome.PauseScope;
import dev.carillon.core.platform.PublishWindow;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The platforms' rate limits, kept so that a platform never has to refuse a post. Each post is counted before it is
 * sent, and only one transaction at a time changes a window.
 */
@Singleton
class Budgets {
    private final BudgetQueries queries;
    private final Clocks clocks;

    Budgets(BudgetQueries queries, Clocks clocks) {
        this.queries = queries;
        this.clocks = clocks;
    }

    /**
     * A candidate and its windows.
     *
     * @param travel how long its call may take
     */
    record Wish(Candidate candidate, List<PublishWindow> windows, Duration travel) {
        private BudgetKey keyOf(PublishWindow window) {
            return new BudgetKey(owner(window), Math.toIntExact(window.length().toSeconds()));
        }

        private UUID owner(PublishWindow window) {
            return switch (window.owner()) {
                case IDENTITY -> candidate.identity();
                case APP -> candidate.app();
            };
        }
    }

    /**
     * A candidate that did not fit.
     *
     * @param freeAfter the time until there is room again
     * @param scope which accounts share the window
     */
    record TooMany(Candidate candidate, Duration freeAfter, PauseScope scope) {}

    /**
     * Counts as many candidates as fit, in order, and returns those that did not fit; joins the open transaction and
     * locks the windows in it.
     */
    List<TooMany> take(List<Wish> wishes) {
        var keys = new HashSet<BudgetKey>();
        wishes.forEach(wish -> wish.windows().forEach(window -> keys.add(wish.keyOf(window))));
        var taken = queries.lock(keys);
        var taking = new Taking(taken, timesOf(wishes));
        var tooMany =
                wishes.stream().flatMap(wish -> taking.take(wish).stream()).toList();
        var changed = taking.changed();
        if (!changed.isEmpty()) {
            queries.write(changed);
        }
        return tooMany;
    }

    /** A simulated platform counts in its tenant's business time. Read after waiting for the locks. */
    private Map<Tenant, Instant> timesOf(List<Wish> wishes) {
        var real = queries.now();
        return wishes.stream()
                .map(wish -> wish.candidate().tenant())
                .distinct()
                .collect(Collectors.toMap(
                        tenant -> tenant,
                        tenant -> tenant.mode() == Mode.LIVE ? real : clocks.now(tenant.workspace(), tenant.mode())));
    }

    /** The windows of one transaction. */
    private static final class Taking {
        private final Map<BudgetKey, Map<Long, Integer>> taken;
        private final Set<BudgetKey> changed = new HashSet<>();
        private final Map<Tenant, Instant> times;

        Taking(Map<BudgetKey, Map<Long, Integer>> taken, Map<Tenant, Instant> times) {
            this.taken = new HashMap<>(taken);
            this.times = times;
        }

        /** Counts the candidate in all its windows, or in none. */
        Optional<TooMany> take(Wish wish) {
            var now = Objects.requireNonNull(times.get(wish.candidate().tenant()));
            for (var window : wish.windows()) {
                var use = use(wish, window);
                if (use.free(now) == 0) {
                    return Optional.of(
                            new TooMany(wish.candidate(), Duration.between(now, use.freesAt(now)), scopeOf(window)));
                }
            }
            for (var window : wish.windows()) {
                taken.put(wish.keyOf(window), use(wish, window).take(now).taken());
                changed.add(wish.keyOf(window));
            }
            return Optional.empty();
        }

        private WindowUse use(Wish wish, PublishWindow window) {
            return new WindowUse(window, Objects.requireNonNull(taken.get(wish.keyOf(window))), wish.travel());
        }

        private static PauseScope scopeOf(PublishWindow window) {
            return switch (window.owner()) {
                case IDENTITY -> PauseScope.IDENTITY;
                case APP -> PauseScope.APP;
            };
        }

        Map<BudgetKey, Map<Long, Integer>> changed() {
            var result = new LinkedHashMap<BudgetKey, Map<Long, Integer>>();
            changed.forEach(key -> result.put(key, Objects.requireNonNull(taken.get(key))));
            return result;
        }
    }
}
