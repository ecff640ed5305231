package dev.carillon.connectors.http;

import dev.carillon.core.net.ReplyHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a platform that returned "too many requests" may be called again. */
public final class RetryTimes {
    private static final String RETRY_AFTER = "Retry-After";
    private static final List<String> TIMES =
            List.of(RETRY_AFTER, "RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset");
    private static final Duration WHEN_IT_DOES_NOT_SAY = Duration.ofMinutes(1);
    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    private static final Duration AT_MOST = Duration.ofDays(1);

    /**
     * From this number on, a value is a Unix time in seconds; below it, a number of seconds from now. The two ranges
     * are far apart.
     */
    private static final long FIRST_MOMENT = 1_000_000_000;

    private static final Pattern FRACTION = Pattern.compile("[0-9]{1,9}[.][0-9]{1,9}");

    private RetryTimes() {}

    /**
     * Returns the latest of {@code Retry-After} and {@code RateLimit-Reset} in any of its spellings, or a minute from
     * now if none can be read. Never more than a day ahead: a mistake of the platform must not park a post for good.
     */
    public static Instant of(ReplyHeaders headers, Instant now) {
        var wanted = TIMES.stream()
                .flatMap(name -> headers.first(name).stream())
                .flatMap(value -> moment(value, now).stream())
                .max(Comparator.naturalOrder())
                .orElse(now.plus(WHEN_IT_DOES_NOT_SAY));
        return between(wanted, now.plus(AT_LEAST), now.plus(AT_MOST));
    }

    /**
     * Reads {@code Retry-After} alone, within the same bounds. The reset headers come with every kind of answer and do
     * not ask for a pause.
     */
    public static Optional<Instant> retryAfter(ReplyHeaders headers, Instant now) {
        return headers.first(RETRY_AFTER)
                .flatMap(value -> moment(value, now))
                .map(wanted -> between(wanted, now.plus(AT_LEAST), now.plus(AT_MOST)));
    }

    private static Optional<Instant> moment(String value, Instant now) {
        try {
            long number = Long.parseLong(value.strip());
            return Optional.of(number >= FIRST_MOMENT ? Instant.ofEpochSecond(number) : now.plusSeconds(number));
        } catch (NumberFormatException notWhole) {
            return seconds(value, now)
                    .or(() -> date(value, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .or(() ->
                            // Mastodon's format.
                            date(value, DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return Optional.empty();
        }
    }

    /** Discord and Reddit send fractions of a second. */
    private static Optional<Instant> seconds(String value, Instant now) {
        return FRACTION.matcher(value.strip()).matches()
                ? Optional.of(now.plusMillis((long) Math.ceil(Double.parseDouble(value.strip()) * 1000)))
                : Optional.empty();
    }

    private static Optional<Instant> date(String value, DateTimeFormatter format) {
        try {
            return Optional.of(ZonedDateTime.parse(value.strip(), format).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Instant between(Instant wanted, Instant earliest, Instant latest) {
        if (wanted.isBefore(earliest)) {
            return earliest;
        }
        return wanted.isAfter(latest) ? latest : wanted;
    }
}
