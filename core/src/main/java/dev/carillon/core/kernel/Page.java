package dev.carillon.core.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page starts; null at the end
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {
    public Page {
        data = List.copyOf(data);
    }

    /** Makes a page from one row more than the limit; the extra row only shows that there is a next page. */
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
