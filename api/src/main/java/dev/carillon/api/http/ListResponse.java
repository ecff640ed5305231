package dev.carillon.api.http;

import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.Wire;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param object always {@code list}
 * @param data this part
 * @param hasMore whether there is another part
 * @param nextCursor what to send as {@code cursor} for the next part; null at the end
 */
@Wire
public record ListResponse<T>(
        String object,
        List<T> data,
        boolean hasMore,
        @Nullable String nextCursor) {
    public ListResponse {
        data = List.copyOf(data);
    }

    public static <S, T> ListResponse<T> of(Page<S> page, Function<S, T> view) {
        return new ListResponse<>("list", page.data().stream().map(view).toList(), page.hasMore(), page.nextCursor());
    }

    /** A list that has no further parts. */
    public static <T> ListResponse<T> whole(List<T> data) {
        return new ListResponse<>("list", data, false, null);
    }
}
