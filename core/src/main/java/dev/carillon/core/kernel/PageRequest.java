package dev.carillon.core.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The requested page of a list.
 *
 * @param limit 1 to 100
 * @param cursor as returned with an earlier page, and no longer than any list produces; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {
    public static final int LARGEST = 100;
    public static final int USUAL = 20;
    private static final int LONGEST_CURSOR = 300;

    public PageRequest {
        if (limit < 1 || limit > LARGEST) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "limit", "`limit` is %d; it must be between 1 and %d.".formatted(limit, LARGEST));
        }
        if (cursor != null && cursor.length() > LONGEST_CURSOR) {
            throw foreignCursor();
        }
    }

    /**
     * The id after which the page starts, for lists in the order of their ids.
     *
     * @throws ApiException {@code invalid_cursor}
     */
    public <T extends Id> @Nullable T after(IdKind<T> kind) {
        if (cursor == null) {
            return null;
        }
        return kind.read(cursor).orElseThrow(PageRequest::foreignCursor);
    }

    /** The refusal of a cursor that this list did not issue. */
    public static ApiException foreignCursor() {
        return ErrorCode.INVALID_CURSOR.at(
                "cursor",
                "This cursor does not come from this list; send `next_cursor` unchanged, or no cursor to start from the beginning.");
    }
}
