package dev.carillon.core.publication;

import dev.carillon.core.kernel.AttemptId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Exchange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try.
 *
 * @param number from 1
 * @param markedAt database time of the mark, before the irreversible call
 * @param endedAt null while it runs, or when its process died and nobody has settled it yet
 * @param outcome the outcome's name, {@code interrupted} when its process died
 * @param code from the catalogue of errors
 * @param platformMessage the platform's own words
 * @param platformRequestId by which the platform's support finds the last call
 * @param exchanges its calls to the platform, in their order; none when its process died
 */
public record Attempt(
        AttemptId id,
        PublicationId publication,
        int number,
        Instant markedAt,
        @Nullable Instant endedAt,
        @Nullable String outcome,
        @Nullable String code,
        @Nullable String message,
        @Nullable String platformMessage,
        @Nullable String platformRequestId,
        List<Exchange> exchanges) {
    public Attempt {
        exchanges = List.copyOf(exchanges);
    }
}
