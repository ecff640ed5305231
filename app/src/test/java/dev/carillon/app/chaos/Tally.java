package dev.carillon.app.chaos;

import dev.carillon.app.chaos.Books.Line;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The count of one scenario on one kind of platform.
 *
 * @param cutOff attempts without a recorded end, because their worker died
 * @param accepted posts on the platform, by its own count
 * @param doubles posts beyond the first of a publication
 * @param lost publications that are neither on the platform nor reported as unknown, or that are reported as published but are not there
 * @param unknown publications that end as unknown
 * @param offences failures, each with the publication that it concerns
 */
record Tally(
        String scenario,
        int workers,
        Kind kind,
        int publications,
        int cutOff,
        int accepted,
        int doubles,
        int lost,
        int unknown,
        List<Offence> offences) {

    record Offence(Line line, String reason) {}

    static Tally of(String scenario, int workers, Kind kind, List<Line> lines, Map<String, List<String>> accepted) {
        var offences = lines.stream()
                .flatMap(line -> offences(kind, line, count(line, accepted)))
                .toList();
        return new Tally(
                scenario,
                workers,
                kind,
                lines.size(),
                lines.stream().mapToInt(Line::cutOff).sum(),
                accepted.values().stream().mapToInt(List::size).sum(),
                lines.stream()
                        .mapToInt(line -> Math.max(0, count(line, accepted) - 1))
                        .sum(),
                (int) lines.stream()
                        .filter(line -> isLost(line, count(line, accepted)))
                        .count(),
                (int) lines.stream().filter(line -> line.is("outcome_unknown")).count(),
                offences);
    }

    /** Whether the state of a publication is final. */
    static boolean isSettled(Kind kind, Line line, Map<String, List<String>> accepted) {
        if (line.is("outcome_unknown")) {
            return switch (kind) {
                case OWN_IDEMPOTENCY, EXACT_LOOK_UP -> false;
                // A post that exists will be found; absence can never be proven.
                case HEURISTIC_LOOK_UP -> count(line, accepted) == 0 && line.lookUps() > 1;
                case NO_LOOK_UP -> !line.askedAgain();
            };
        }
        return !line.leased()
                && Stream.of("scheduled", "publishing", "processing").noneMatch(line::is);
    }

    static int count(Line line, Map<String, List<String>> accepted) {
        return Optional.ofNullable(accepted.get(line.id().toString()))
                .map(List::size)
                .orElse(0);
    }

    private static boolean isLost(Line line, int count) {
        return switch (line.status()) {
            case "published" -> count == 0;
            case "outcome_unknown" -> false;
            default -> true;
        };
    }

    private static Stream<Offence> offences(Kind kind, Line line, int count) {
        boolean published = line.is("published");
        boolean unknown = line.is("outcome_unknown");
        var expected = published ? "settled" : unknown ? "reserved" : "released";
        return Stream.of(
                        count > 1 ? "accepted %d times".formatted(count) : null,
                        isLost(line, count)
                                ? "recorded as %s and accepted %d times".formatted(line.status(), count)
                                : null,
                        unknown && !kind.mayStayUnknown() ? "left unknown although the platform can tell" : null,
                        unknown && kind == Kind.HEURISTIC_LOOK_UP && count > 0
                                ? "left unknown although the platform has it"
                                : null,
                        line.meterEvents() != (published ? 1 : 0)
                                ? "recorded as %s with %d meter events".formatted(line.status(), line.meterEvents())
                                : null,
                        line.meteredMicros() != (published ? line.costMicros() : 0) ? "metered at a wrong price" : null,
                        line.reservation().equals(expected)
                                ? null
                                : "recorded as %s with its cost %s".formatted(line.status(), line.reservation()),
                        line.starts() != line.generations() ? "started twice in one generation" : null,
                        line.starts() != line.attempts()
                                ? "started %d times but counted as %d".formatted(line.starts(), line.attempts())
                                : null,
                        line.early() > 0 ? "started too early" : null)
                .filter(Objects::nonNull)
                .map(reason -> new Offence(line, reason));
    }
}
