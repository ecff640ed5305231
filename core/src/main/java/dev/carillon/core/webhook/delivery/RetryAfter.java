package dev.carillon.core.webhook.delivery;

import dev.carillon.core.net.ReplyHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** When a receiver wants to be called again (RFC 9110, 10.2.3). */
final class RetryAfter {
    private static final String NAME = "Retry-After";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");

    private RetryAfter() {}

    /** Empty if the header is missing or cannot be read. */
    static Optional<Instant> in(ReplyHeaders headers, Instant now, Duration longest) {
        var latest = now.plus(longest);
        return headers.first(NAME)
                .map(String::strip)
                .flatMap(value -> SECONDS.matcher(value).matches() ? seconds(value, now, longest) : date(value))
                .map(asked -> asked.isAfter(latest) ? latest : asked);
    }

    private static Optional<Instant> seconds(String value, Instant now, Duration longest) {
        // Capped before it is added: the sum could exceed the latest possible time.
        return Optional.of(now.plusSeconds(Math.min(Long.parseLong(value), longest.toSeconds())));
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
