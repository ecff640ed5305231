package dev.carillon.api.http;

import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.Wire;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param object always {@code list}
 * @param data the entries of this page
 * @param hasMore whether there is another page
 * @param nextCursor what to send as {@code cursor} for the next page; null on the last page
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

    /** A complete list on one page. */
    public static <T> ListResponse<T> whole(List<T> data) {
        return new ListResponse<>("list", data, false, null);
    }
}
