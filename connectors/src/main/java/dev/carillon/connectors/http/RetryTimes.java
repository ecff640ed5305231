package dev.carillon.connectors.http;

import dev.carillon.core.net.ReplyHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a platform that said "too many" wants to be asked again. */
public final class RetryTimes {
    private static final Duration WHEN_IT_DOES_NOT_SAY = Duration.ofMinutes(1);
    private static final Duration AT_LEAST = Duration.ofSeconds(1);
    private static final Duration AT_MOST = Duration.ofDays(1);

    /** Larger numbers are moments in Unix seconds, smaller ones count from now; the two never come near each other. */
    private static final long FIRST_MOMENT = 1_000_000_000;

    private RetryTimes() {}

    /**
     * The later of {@code Retry-After} and {@code RateLimit-Reset}, a minute from now where neither says anything that can be
     * read, and never further away than a day: a mistake over there must not park a post for good.
     */
    public static Instant of(ReplyHeaders headers, Instant now) {
        var retryAfter = headers.first("Retry-After").flatMap(value -> moment(value, now));
        var reset = headers.first("RateLimit-Reset").flatMap(value -> moment(value, now));
        var wanted = retryAfter
                .filter(moment -> reset.isEmpty() || moment.isAfter(reset.get()))
                .or(() -> reset)
                .orElse(now.plus(WHEN_IT_DOES_NOT_SAY));
        return between(wanted, now.plus(AT_LEAST), now.plus(AT_MOST));
    }

    private static Optional<Instant> moment(String value, Instant now) {
        try {
            long number = Long.parseLong(value.strip());
            return Optional.of(number >= FIRST_MOMENT ? Instant.ofEpochSecond(number) : now.plusSeconds(number));
        } catch (NumberFormatException notANumber) {
            return date(value);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
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
