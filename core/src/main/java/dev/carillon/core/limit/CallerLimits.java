package dev.carillon.core.limit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one caller.
 *
 * @param own the key's own rate over all operations; null if it has none
 */
public record CallerLimits(PlanRates plan, @Nullable Rate own) {

    public static final CallerLimits NONE = new CallerLimits(PlanRates.UNLIMITED, null);

    /** The limits that a request has to pass, the operation's first. */
    public List<Limit> of(Operation operation) {
        var limits = new ArrayList<Limit>(2);
        plan.limit(operation).ifPresent(limits::add);
        if (own != null) {
            limits.add(Limit.ofKey(own));
        }
        return limits;
    }
}
