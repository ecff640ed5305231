package dev.carillon.api.usage;

import dev.carillon.core.kernel.Money;
import dev.carillon.core.kernel.Wire;
import dev.carillon.core.usage.UsageReport;
import java.time.Instant;
import java.util.List;

/**
 * Usage in a period.
 *
 * @param object always {@code usage}
 * @param from inclusive
 * @param to exclusive
 * @param groupBy how the lines are broken down
 * @param data one line for each value of the group that has any usage
 * @param quantity the sum of all lines
 * @param amount the sum of all lines
 * @param reserved the amount held now for publications that are accepted and not published yet
 */
@Wire
record UsageResponse(
        String object,
        Instant from,
        Instant to,
        String groupBy,
        List<Line> data,
        long quantity,
        Money amount,
        Money reserved,
        boolean livemode) {

    /**
     * One value of the group.
     *
     * @param group the meter, day, platform, account or key; empty for usage that no key caused
     * @param quantity how many were counted
     * @param amount what they cost
     */
    @Wire
    record Line(String group, long quantity, Money amount) {}

    static UsageResponse of(UsageReport report, boolean livemode) {
        return new UsageResponse(
                "usage",
                report.from(),
                report.to(),
                report.group().wireName(),
                report.lines().stream()
                        .map(line -> new Line(line.value(), line.quantity(), line.amount()))
                        .toList(),
                report.quantity(),
                report.amount(),
                report.reserved(),
                livemode);
    }
}
