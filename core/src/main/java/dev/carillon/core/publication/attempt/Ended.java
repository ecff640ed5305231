package dev.carillon.core.publication.attempt;

import dev.carillon.core.net.Exchange;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.publication.Claim;
import java.util.List;

/**
 * How the attempt of one claim, or a poll, ended.
 *
 * @param exchanges its calls to the platform, in order
 */
public record Ended(Claim claim, PublishOutcome outcome, List<Exchange> exchanges) {
    public Ended {
        exchanges = List.copyOf(exchanges);
    }

    public Ended(Claim claim, PublishOutcome outcome) {
        this(claim, outcome, List.of());
    }
}
