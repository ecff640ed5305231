package dev.carillon.core.publication;

import dev.carillon.core.kernel.PublicationId;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a publication beside its attempts.
 *
 * @param generation the publication's own at that moment
 * @param detail names and values for people to read; never a text of a post, never a secret
 * @param at database time
 */
public record PublicationStep(
        PublicationId publication, StepKind kind, long generation, Map<String, String> detail, Instant at) {
    public PublicationStep {
        detail = Map.copyOf(detail);
    }
}
