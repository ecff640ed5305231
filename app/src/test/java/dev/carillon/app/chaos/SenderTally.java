package dev.carillon.app.chaos;

import dev.carillon.app.chaos.SenderBooks.Line;
import dev.carillon.testkit.ReceivedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The count of one scenario, at the receiver.
 *
 * @param received requests
 * @param doubles requests beyond the first of an event
 * @param lost events that never came, or of which something is still open
 * @param offences what went wrong, with the event it happened to
 */
record SenderTally(
        String scenario, int senders, int events, int received, int doubles, int lost, List<Offence> offences) {

    record Offence(Line line, String reason) {}

    /**
     * Counts.
     *
     * @param exactly how often each event has to have been received; 0 where at least once will do
     */
    static SenderTally of(
            String scenario,
            int senders,
            List<Line> lines,
            List<ReceivedRequest> received,
            Troubles troubles,
            int exactly) {
        var byId = received.stream().collect(Collectors.groupingBy(request -> request.header("webhook-id")
                .orElse("")));
        int known = lines.stream().mapToInt(line -> of(line, byId).size()).sum();
        var offences = lines.stream()
                .flatMap(line -> offences(line, of(line, byId), troubles, exactly))
                .collect(Collectors.toCollection(ArrayList::new));
        if (known != received.size()) {
            offences.add(new Offence(
                    lines.getFirst(), "not alone: %d requests were of no event".formatted(received.size() - known)));
        }
        return new SenderTally(
                scenario,
                senders,
                lines.size(),
                received.size(),
                lines.stream()
                        .mapToInt(line -> Math.max(0, of(line, byId).size() - 1))
                        .sum(),
                (int) lines.stream()
                        .filter(line -> isLost(line, of(line, byId)))
                        .count(),
                List.copyOf(offences));
    }

    private static List<ReceivedRequest> of(Line line, Map<String, List<ReceivedRequest>> byId) {
        return byId.getOrDefault(line.id().toString(), List.of());
    }

    private static boolean isLost(Line line, List<ReceivedRequest> requests) {
        return requests.isEmpty() || !line.status().equals("delivered");
    }

    private static Stream<Offence> offences(Line line, List<ReceivedRequest> requests, Troubles troubles, int exactly) {
        int times = requests.size();
        return Stream.of(
                        isLost(line, requests) ? "%s, and received %d times".formatted(line.status(), times) : null,
                        exactly > 0 && times != exactly ? "received %d times, not %d".formatted(times, exactly) : null,
                        times > line.claims() ? "received %d times in %d claims".formatted(times, line.claims()) : null,
                        line.delivered() != 1 ? "%d attempts recorded as delivered".formatted(line.delivered()) : null,
                        isUnexplained(requests, troubles) ? "received twice with no trouble between" : null,
                        differ(requests) ? "received with another body, or with an older timestamp" : null)
                .filter(Objects::nonNull)
                .map(reason -> new Offence(line, reason));
    }

    /** A second request is right only where the outcome of the first was lost with whoever made it. */
    private static boolean isUnexplained(List<ReceivedRequest> requests, Troubles troubles) {
        return IntStream.range(1, requests.size())
                .anyMatch(i -> !troubles.any(
                        requests.get(i - 1).receivedAt(), requests.get(i).receivedAt()));
    }

    private static boolean differ(List<ReceivedRequest> requests) {
        return IntStream.range(1, requests.size())
                .anyMatch(
                        i -> !requests.get(i).text().equals(requests.getFirst().text())
                                || timestamp(requests.get(i)) < timestamp(requests.get(i - 1)));
    }

    private static long timestamp(ReceivedRequest request) {
        return Long.parseLong(request.header("webhook-timestamp").orElseThrow());
    }
}
