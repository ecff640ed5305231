package dev.carillon.jobs.lane;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows a claim may take.
 *
 * @param rows the most rows
 * @param urgentOnly whether only the reserve is left, which is for urgent rows
 * @param perTenant the most rows of one workspace and mode in flight in all processes; the plan's bound applies as well
 * @param perHost the most rows of one host in flight at this claimer
 * @param takenByHost the rows of each host already in flight at this claimer
 */
public record ClaimCapacity(
        int rows, boolean urgentOnly, int perTenant, int perHost, Map<String, Integer> takenByHost) {
    public ClaimCapacity {
        takenByHost = Map.copyOf(takenByHost);
    }

    /** The hosts at their limit. */
    List<String> fullHosts() {
        return takenByHost.entrySet().stream()
                .filter(taken -> taken.getValue() >= perHost)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A counter of the remaining room, for use while rows are handed out. */
    Left left() {
        return new Left();
    }

    /** Counts down the remaining room. */
    final class Left {
        private final Map<String, Integer> taken = new HashMap<>(takenByHost);
        private int left = rows;

        /** Grants up to {@code wanted} rows to a host; returns how many. */
        int give(String host, long wanted) {
            int before = taken.getOrDefault(host, 0);
            int given = (int) Math.max(0, Math.min(wanted, Math.min(left, perHost - before)));
            taken.put(host, before + given);
            left -= given;
            return given;
        }
    }
}
