package dev.carillon.core.usage;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Money;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Reports usage. */
@Singleton
public class UsageService {
    private final Transactions transactions;
    private final MeterQueries queries;

    UsageService(Transactions transactions, MeterQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    /** Sums the meter events from {@code from} (inclusive) to {@code to} (exclusive). */
    public UsageReport report(Actor actor, UsageGroup group, Instant from, Instant to) {
        actor.require(Scope.USAGE_READ);
        var tenant = actor.tenant();
        return transactions.inWorkspace(actor, () -> {
            var lines = queries.report(
                    tenant,
                    group,
                    from,
                    to,
                    row -> new UsageReport.Line(
                            group.present(row.text("grouped")),
                            row.number("quantity"),
                            row.money("amount_micros", "currency")));
            long quantity = lines.stream().mapToLong(UsageReport.Line::quantity).sum();
            var amount = lines.stream().map(UsageReport.Line::amount).reduce(Money.usdMicros(0), Money::plus);
            var reserved = Money.usdMicros(queries.reservedUsdMicros(tenant));
            return new UsageReport(from, to, group, lines, quantity, amount, reserved);
        });
    }
}
