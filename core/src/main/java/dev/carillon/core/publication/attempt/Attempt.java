package dev.carillon.core.publication.attempt;

import dev.carillon.core.kernel.AttemptId;
import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.net.Exchange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to publish.
 *
 * @param number from 1
 * @param startedAt database time of the start, before the irreversible call
 * @param endedAt null while it runs, or if its process died and the attempt has not been closed yet
 * @param outcome the outcome's name; {@code interrupted} if its process died
 * @param code from the error catalogue
 * @param platformMessage the platform's own words
 * @param platformRequestId the id of the last call, for the platform's support
 * @param exchanges its calls to the platform, in order; empty if its process died
 */
public record Attempt(
        AttemptId id,
        PublicationId publication,
        int number,
        Instant startedAt,
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
