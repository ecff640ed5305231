package dev.carillon.jobs.lane;

import java.util.Map;

/** Capacities of claims. */
final class Capacities {
    private Capacities() {}

    /** Room for this many rows, with no limit per tenant or host. */
    static ClaimCapacity rows(int most) {
        return new ClaimCapacity(most, false, Integer.MAX_VALUE, Integer.MAX_VALUE, Map.of());
    }
}
