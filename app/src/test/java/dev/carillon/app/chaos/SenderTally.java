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
 * @param lost events that never arrived or that have unfinished work
 * @param offences failures, each with the event that it concerns
 */
record SenderTally(
        String scenario, int senders, int events, int received, int doubles, int lost, List<Offence> offences) {

    record Offence(Line line, String reason) {}

    /**
     * Counts the requests.
     *
     * @param exactly how often each event must have been received; 0 for at least once
     */
    static SenderTally of(
            String scenario,
            int senders,
            List<Line> lines,
            List<ReceivedRequest> received,
            Troubles troubles,
            Troubles stalls,
            int exactly) {
        var byId = received.stream().collect(Collectors.groupingBy(request -> request.header("webhook-id")
                .orElse("")));
        int known = lines.stream().mapToInt(line -> of(line, byId).size()).sum();
        var offences = lines.stream()
                .flatMap(line -> offences(line, of(line, byId), troubles, stalls, exactly))
                .collect(Collectors.toCollection(ArrayList::new));
        if (known != received.size()) {
            offences.add(new Offence(
                    lines.getFirst(), "joined by %d requests of unknown events".formatted(received.size() - known)));
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

    private static Stream<Offence> offences(
            Line line, List<ReceivedRequest> requests, Troubles troubles, Troubles stalls, int exactly) {
        int times = requests.size();
        return Stream.of(
                        isLost(line, requests)
                                ? "recorded as %s and received %d times".formatted(line.status(), times)
                                : null,
                        exactly > 0 && (times < exactly || unexplained(line, requests, stalls) >= exactly)
                                ? "received %d times instead of %d".formatted(times, exactly)
                                : null,
                        times > line.claims() ? "received %d times in %d claims".formatted(times, line.claims()) : null,
                        line.delivered() != 1 ? "recorded as delivered %d times".formatted(line.delivered()) : null,
                        unexplained(line, requests, troubles, stalls) > 0
                                ? "received twice without a disturbance in between"
                                : null,
                        differ(requests) ? "received again with another body or an older timestamp" : null)
                .filter(Objects::nonNull)
                .map(reason -> new Offence(line, reason));
    }

    /**
     * How many requests beyond the first have no explanation. A repetition is right if the outcome of the previous request was lost with its
     * process, if the sender recorded a failure, or if a busy machine kept the sender from running until its lease expired.
     */
    private static long unexplained(Line line, List<ReceivedRequest> requests, Troubles... reasons) {
        long without = IntStream.range(1, requests.size())
                .filter(i -> Stream.of(reasons)
                        .noneMatch(troubles -> troubles.any(
                                requests.get(i - 1).receivedAt(),
                                requests.get(i).receivedAt())))
                .count();
        return Math.max(0, without - line.failed());
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
