package dev.carillon.connectors.bluesky;

import java.util.List;
import java.util.Optional;

/**
 * How a post is shown and answered.
 *
 * @param languages BCP 47 tags; empty if not given
 * @param replyControl who may reply; empty for everyone
 * @param labels content warnings for readers
 */
record BlueskySettings(
        List<String> languages, Optional<ReplyControl> replyControl, List<String> labels, boolean quotesAllowed) {
    static final List<String> LABELS = List.of("sexual", "nudity", "porn", "graphic-media");

    BlueskySettings {
        languages = List.copyOf(languages);
        labels = List.copyOf(labels);
    }

    /** Only accounts that match a rule may reply; an empty list allows no replies. */
    record ReplyControl(List<ReplyRule> allowed) {
        ReplyControl {
            allowed = List.copyOf(allowed);
        }
    }

    enum ReplyRule {
        MENTIONED("mentioned", "app.bsky.feed.threadgate#mentionRule"),
        FOLLOWERS("followers", "app.bsky.feed.threadgate#followerRule"),
        FOLLOWING("following", "app.bsky.feed.threadgate#followingRule");

        private final String wireName;
        private final String lexiconType;

        ReplyRule(String wireName, String lexiconType) {
            this.wireName = wireName;
            this.lexiconType = lexiconType;
        }

        String wireName() {
            return wireName;
        }

        String lexiconType() {
            return lexiconType;
        }
    }
}
