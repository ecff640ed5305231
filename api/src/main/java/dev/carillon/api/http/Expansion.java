package dev.carillon.api.http;

import dev.carillon.core.kernel.ErrorCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to see in full that a reply otherwise names by its id only: paths of fields, such as {@code publications.account}. A
 * longer path brings what stands on its way.
 *
 * @param paths those that were asked for
 */
public record Expansion(Set<String> paths) {
    public static final Expansion NONE = new Expansion(Set.of());

    /** The query parameter, which may come several times. */
    public static final String PARAMETER = "expand[]";

    public Expansion {
        paths = Set.copyOf(paths);
    }

    /**
     * What was asked for.
     *
     * @param allowed every path that this route knows
     * @throws dev.carillon.core.kernel.Refusal {@code invalid_parameter}, naming what may be asked for
     */
    public static Expansion read(@Nullable List<String> asked, Set<String> allowed) {
        if (asked == null) {
            return NONE;
        }
        for (var path : asked) {
            if (!allowed.contains(path)) {
                throw ErrorCode.INVALID_PARAMETER.at(
                        PARAMETER,
                        "%s cannot be expanded here; %s takes %s."
                                .formatted(
                                        Echo.of(path),
                                        PARAMETER,
                                        String.join(
                                                ", ", allowed.stream().sorted().toList())));
            }
        }
        return new Expansion(new LinkedHashSet<>(asked));
    }

    public boolean isEmpty() {
        return paths.isEmpty();
    }

    /** Whether the field of this path is to be shown in full. */
    public boolean has(String path) {
        return paths.stream().anyMatch(asked -> asked.equals(path) || asked.startsWith(path + "."));
    }
}
