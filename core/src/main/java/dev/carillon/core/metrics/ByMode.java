package dev.carillon.core.metrics;

import dev.carillon.core.kernel.Mode;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One meter for live mode and one for test mode. No metric says more about whose work it counts, because Prometheus
 * must not hold tenants' data.
 *
 * @param <M> the meter
 */
public final class ByMode<M> {
    private final Map<Mode, M> meters = new EnumMap<>(Mode.class);

    /**
     * Creates both meters.
     *
     * @param register creates a meter with these tags
     */
    public ByMode(Function<Tags, M> register) {
        for (var mode : Mode.values()) {
            meters.put(mode, register.apply(tag(mode)));
        }
    }

    public M of(Mode mode) {
        return Objects.requireNonNull(meters.get(mode));
    }

    /** The tag that identifies a meter's mode. */
    public static Tags tag(Mode mode) {
        return Tags.of("mode", mode.name().toLowerCase(Locale.ROOT));
    }
}
