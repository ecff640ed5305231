package dev.carillon.api.input;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reads times from callers. */
final class Times {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    static final String EXAMPLE = "2026-12-01T09:00:00Z";

    /** The message for a value that is not a time. */
    static final String EXPECTED = "%s must be a time such as " + EXAMPLE + ", from 1970 to 9999.";

    private Times() {}

    /**
     * The time in an RFC 3339 text, to the microsecond, which is the database's precision; empty if it is not a time or is out of range.
     */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS))
                    .filter(time -> !time.isBefore(EARLIEST) && !time.isAfter(LATEST));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
