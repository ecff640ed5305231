package dev.carillon.core.metrics;

import dev.carillon.core.kernel.Mode;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One meter for live and one for test. No metric tells more of whose work it counts: what Prometheus keeps is no tenant's data.
 *
 * @param <M> the meter
 */
public final class ByMode<M> {
    private final Map<Mode, M> meters = new EnumMap<>(Mode.class);

    /**
     * Makes both.
     *
     * @param register makes the one that has these tags
     */
    public ByMode(Function<Tags, M> register) {
        for (var mode : Mode.values()) {
            meters.put(mode, register.apply(tag(mode)));
        }
    }

    public M of(Mode mode) {
        return Objects.requireNonNull(meters.get(mode));
    }

    /** What a meter is told apart by that is of one mode. */
    public static Tags tag(Mode mode) {
        return Tags.of("mode", mode.name().toLowerCase(Locale.ROOT));
    }
}
