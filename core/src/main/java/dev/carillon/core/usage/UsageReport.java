package dev.carillon.core.usage;

import dev.carillon.core.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * The usage in a period.
 *
 * @param from inclusive
 * @param to exclusive
 * @param reserved cost held now for publications that are accepted and not published yet
 */
public record UsageReport(
        Instant from, Instant to, UsageGroup group, List<Line> lines, long quantity, Money amount, Money reserved) {
    public UsageReport {
        lines = List.copyOf(lines);
    }

    /** One value of the group, with its sum. */
    public record Line(String value, long quantity, Money amount) {}
}
