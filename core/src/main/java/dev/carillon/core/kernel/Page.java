package dev.carillon.core.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part starts; null at the end
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {
    public Page {
        data = List.copyOf(data);
    }

    /** Cuts the one row too many that was read to see whether there is more. */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> cursor) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, null);
        }
        var data = oneMore.subList(0, limit);
        return new Page<>(data, cursor.apply(data.getLast()));
    }

    public boolean hasMore() {
        return nextCursor != null;
    }
}
