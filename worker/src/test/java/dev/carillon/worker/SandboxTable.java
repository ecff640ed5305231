package dev.carillon.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the table in {@code docs/sandbox.md} that lists a trigger for each error code. */
final class SandboxTable {
    private static final Path DOCUMENT = Path.of("..", "docs", "sandbox.md");
    private static final String HEADER = "| Error code |";
    private static final int COLUMNS = 8;

    private SandboxTable() {}

    static List<Row> rows() {
        try (var lines = Files.lines(DOCUMENT)) {
            return lines.dropWhile(line -> !line.startsWith(HEADER))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"))
                    .map(SandboxTable::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        var cells = Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
        if (cells.size() != COLUMNS) {
            throw new IllegalStateException("a row of %d columns: %s".formatted(cells.size(), line));
        }
        return new Row(
                cells.get(0).replace("`", ""),
                Trigger.of(cells.get(1)),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                cells.get(5),
                Long.parseLong(cells.get(6)),
                cells.get(7));
    }

    /** A row of the table; {@code attempts} and {@code events} are unparsed cell texts. */
    record Row(
            String code,
            Trigger trigger,
            String platform,
            String attempts,
            String status,
            String events,
            long accepted,
            String message) {
        boolean hasCode() {
            return !code.equals("none");
        }

        boolean attemptsAre(List<String> outcomes) {
            return matches(attempts, outcomes);
        }

        boolean eventsAre(List<String> types) {
            return matches(events, types);
        }

        /** A word followed by {@code …} matches one or more occurrences. */
        private static boolean matches(String cell, List<String> actual) {
            var pattern = Arrays.stream(cell.split(", "))
                    .map(word -> word.endsWith(" …")
                            ? "(%s,)+".formatted(Pattern.quote(word.substring(0, word.length() - 2)))
                            : Pattern.quote(word + ","))
                    .collect(Collectors.joining());
            return actual.stream()
                    .map(word -> word + ",")
                    .collect(Collectors.joining())
                    .matches(pattern);
        }

        @Override
        public String toString() {
            return "%s by %s %s on %s".formatted(code, trigger.way(), trigger.what(), platform);
        }
    }

    /** How a fault is ordered: in the {@code text}, for the {@code account} or by a {@code request}, and the value used there. */
    record Trigger(String way, String what) {
        private static final Pattern CELL = Pattern.compile("(text|account|request) `([^`]+)`");

        static Trigger of(String cell) {
            Matcher matcher = CELL.matcher(cell);
            if (!matcher.matches()) {
                throw new IllegalStateException("no trigger: " + cell);
            }
            return new Trigger(matcher.group(1), matcher.group(2));
        }
    }
}
