package dev.carillon.sandbox.http;

import java.util.Optional;

/** Reads the paging parameters of a list. */
public final class Paging {
    private static final int DEFAULT_LIMIT = 20;

    public static final int MAX_LIMIT = 100;

    private Paging() {}

    /** The number below which the page starts. */
    public static long cursor(Request request) {
        return request.query("cursor")
                .map(cursor -> number(cursor)
                        .orElseThrow(
                                () -> HttpErrorException.badRequest("invalid_cursor", "cursor is not from this list.")))
                .orElse(Long.MAX_VALUE);
    }

    public static int limit(Request request) {
        return request.query("limit")
                .map(limit -> number(limit)
                        .filter(value -> value >= 1 && value <= MAX_LIMIT)
                        .orElseThrow(() -> HttpErrorException.badRequest(
                                "invalid_limit", "limit must be a number from 1 to %d.".formatted(MAX_LIMIT))))
                .map(Long::intValue)
                .orElse(DEFAULT_LIMIT);
    }

    /** Ids of posts and tickets, and cursors, are numbers internally and strings for callers. */
    public static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
