package dev.carillon.app.bench.dispatch;

import dev.carillon.app.bench.server.Goal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report.
 *
 * @param delays from due to started
 * @param perSecond completed publications with all bookkeeping; null if it was not measured
 * @param goals of Carillon; empty for other systems
 */
record Result(
        String scenario,
        String system,
        Delays delays,
        @Nullable Double perSecond,
        String note,
        List<Goal> goals) {
    private static final String SHAPE = "%-11s %-28s %11s %11s %6s %9s  %s";
    static final String HEAD = SHAPE.formatted("scenario", "system", "median ms", "p99 ms", "early", "a second", "")
            .stripTrailing();

    Result {
        goals = List.copyOf(goals);
    }

    static Result beside(String scenario, String system, Delays delays, @Nullable Double perSecond, String note) {
        return new Result(scenario, system, delays, perSecond, note, List.of());
    }

    String line() {
        var remarks = goals.stream().map(Goal::toString).collect(Collectors.joining("; "));
        var separator = note.isEmpty() || remarks.isEmpty() ? "" : "; ";
        return SHAPE.formatted(
                scenario,
                system,
                number(delays.medianMillis()),
                number(delays.p99Millis()),
                delays.early(),
                perSecond == null ? "" : String.format(Locale.ROOT, "%,.0f", perSecond),
                note + separator + remarks);
    }

    private static String number(double millis) {
        return String.format(Locale.ROOT, "%,.1f", millis);
    }
}
