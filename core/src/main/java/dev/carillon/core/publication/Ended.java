package dev.carillon.core.publication;

import dev.carillon.core.net.Exchange;
import dev.carillon.core.platform.PublishOutcome;
import java.util.List;

/**
 * How the attempt of one claim ended, or a poll.
 *
 * @param exchanges the calls that it made, in their order
 */
public record Ended(Claim claim, PublishOutcome outcome, List<Exchange> exchanges) {
    public Ended {
        exchanges = List.copyOf(exchanges);
    }

    public Ended(Claim claim, PublishOutcome outcome) {
        this(claim, outcome, List.of());
    }
}
