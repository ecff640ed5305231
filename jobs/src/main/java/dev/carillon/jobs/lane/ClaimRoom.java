package dev.carillon.jobs.lane;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a claimer has room for.
 *
 * @param rows rows at most
 * @param urgentOnly whether only the reserve is left, which is for urgent rows
 * @param perTenant rows of one workspace and mode in flight anywhere, beside the bound of its plan
 * @param perHost rows of one host in flight at this claimer
 * @param takenByHost what of that is taken
 */
public record ClaimRoom(int rows, boolean urgentOnly, int perTenant, int perHost, Map<String, Integer> takenByHost) {
    public ClaimRoom {
        takenByHost = Map.copyOf(takenByHost);
    }

    /** Room for this many rows of anybody. */
    public static ClaimRoom of(int rows) {
        return new ClaimRoom(rows, false, Integer.MAX_VALUE, Integer.MAX_VALUE, Map.of());
    }

    /** The hosts that get nothing more now. */
    List<String> fullHosts() {
        return takenByHost.entrySet().stream()
                .filter(taken -> taken.getValue() >= perHost)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is left on each host while rows are being given away. */
    Left left() {
        return new Left();
    }

    /** Counts down. */
    final class Left {
        private final Map<String, Integer> taken = new HashMap<>(takenByHost);
        private int left = rows;

        /** Gives up to {@code wanted} rows to a host; says how many. */
        int give(String host, long wanted) {
            int before = taken.getOrDefault(host, 0);
            int given = (int) Math.max(0, Math.min(wanted, Math.min(left, perHost - before)));
            taken.put(host, before + given);
            left -= given;
            return given;
        }
    }
}
