package dev.carillon.connectors.bluesky;

import java.time.LocalDate;

/**
 * The limits in Bluesky's rules.
 *
 * @param textGraphemes characters as readers see them; URLs count in full
 * @param textBytes bytes of the same text in UTF-8
 * @param tagGraphemes characters of one hashtag, without its sign
 * @param tagBytes bytes of the same in UTF-8
 * @param source where the limits were read
 * @param asOf when they were read
 */
record BlueskyLimits(
        int textGraphemes,
        int textBytes,
        int tagGraphemes,
        int tagBytes,
        int languages,
        int replyRules,
        String source,
        LocalDate asOf) {
    static final BlueskyLimits CURRENT = new BlueskyLimits(
            300,
            3000,
            64,
            640,
            3,
            5,
            "lexicons app.bsky.feed.post, app.bsky.feed.threadgate, app.bsky.richtext.facet of bluesky-social/atproto",
            LocalDate.of(2026, 8, 31));
}
