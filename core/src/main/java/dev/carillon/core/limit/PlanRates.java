package dev.carillon.core.limit;

import dev.carillon.core.database.Row;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan allows each key and each signed-in user per minute.
 *
 * @param perMinute requests of an operation; a missing operation is unlimited
 */
public record PlanRates(Map<Operation, Integer> perMinute) {
    static final PlanRates UNLIMITED = new PlanRates(Map.of());

    private static final Map<Operation, String> COLUMNS = Map.of(
            Operation.READ, "reads_per_minute",
            Operation.WRITE, "writes_per_minute",
            Operation.POST, "posts_per_minute",
            Operation.BATCH, "batches_per_minute",
            Operation.ADMIN, "admin_requests_per_minute");

    public PlanRates {
        var copy = new EnumMap<Operation, Integer>(Operation.class);
        copy.putAll(perMinute);
        perMinute = Collections.unmodifiableMap(copy);
    }

    /** The rates of a row that has a plan's columns. */
    public static PlanRates of(Row row) {
        var rates = new EnumMap<Operation, Integer>(Operation.class);
        COLUMNS.forEach((operation, column) -> {
            var requests = row.integerOrNull(column);
            if (requests != null) {
                rates.put(operation, requests);
            }
        });
        return new PlanRates(rates);
    }

    public Optional<Limit> limit(Operation operation) {
        return Optional.ofNullable(perMinute.get(operation))
                .map(requests -> Limit.of(operation, Rate.perMinute(requests)));
    }
}
