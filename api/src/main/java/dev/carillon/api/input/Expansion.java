package dev.carillon.api.input;

import dev.carillon.core.kernel.ErrorCode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The related objects that a caller wants to see in full, instead of only their ids: paths of fields, such as {@code publications.account}.
 * A longer path includes the objects along it.
 *
 * @param paths the requested paths
 */
public record Expansion(Set<String> paths) {
    public static final Expansion NONE = new Expansion(Set.of());

    /** The query parameter, which may be repeated. */
    public static final String PARAMETER = "expand[]";

    public Expansion {
        paths = Set.copyOf(paths);
    }

    /**
     * Reads the requested paths.
     *
     * @param allowed every path that this route can expand
     * @throws dev.carillon.core.kernel.ApiException {@code invalid_parameter}, with the paths that are allowed
     */
    public static Expansion read(@Nullable List<String> asked, Set<String> allowed) {
        if (asked == null) {
            return NONE;
        }
        for (var path : asked) {
            if (!allowed.contains(path)) {
                throw ErrorCode.INVALID_PARAMETER.at(
                        PARAMETER,
                        "%s cannot be expanded here; %s accepts %s."
                                .formatted(
                                        SafeQuote.of(path),
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

    /** Whether to show the field at this path in full. */
    public boolean has(String path) {
        return paths.stream().anyMatch(asked -> asked.equals(path) || asked.startsWith(path + "."));
    }
}
