package dev.carillon.core.kernel;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The end of a page in a list ordered by time.
 *
 * @param at in whole microseconds
 * @param key distinguishes rows with the same time
 */
public record TimeCursor(Instant at, String key) {
    @Override
    public String toString() {
        var text = ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The cursor of a request; null for the first page.
     *
     * @throws ApiException {@code invalid_cursor}
     */
    public static @Nullable TimeCursor of(PageRequest page) {
        var cursor = page.cursor();
        return cursor == null ? null : read(cursor);
    }

    private static TimeCursor read(String cursor) {
        try {
            var words = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\.", 2);
            if (words.length != 2 || words[1].chars().anyMatch(Character::isISOControl)) {
                throw PageRequest.foreignCursor();
            }
            return new TimeCursor(Instant.EPOCH.plus(Long.parseLong(words[0]), ChronoUnit.MICROS), words[1]);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw PageRequest.foreignCursor();
        }
    }
}
