package dev.carillon.connectors.rules;

import java.util.regex.Pattern;

/**
 * How Mastodon counts a text ({@code StatusLengthValidator} of mastodon/mastodon, 2026): characters as readers see
 * them, a link with its scheme as 23, and for a mention of an account on another server only the name.
 */
final class MastodonText {
    /** {@code characters_reserved_per_url}, the same on every server. */
    private static final String LINK = "x".repeat(23);

    private static final Pattern REMOTE_MENTION = Pattern.compile(
            "(?<![=/\\p{L}\\p{N}_])(@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)@[\\p{L}\\p{N}_.-]*[\\p{L}\\p{N}_]");

    private MastodonText() {}

    static int length(String text) {
        var counted = new StringBuilder();
        int at = 0;
        for (var link : Links.in(text).toList()) {
            counted.append(shortened(text.substring(at, link.from()))).append(LINK);
            at = link.to();
        }
        return Texts.graphemes(counted.append(shortened(text.substring(at))).toString());
    }

    private static String shortened(String text) {
        return REMOTE_MENTION.matcher(text).replaceAll("$1");
    }
}
