package dev.carillon.connectors.bluesky;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.connectors.bluesky.BlueskySettings.ReplyControl;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that make up a post, as Bluesky's lexicons describe them. */
final class Records {
    static final String POST = "app.bsky.feed.post";
    static final String THREADGATE = "app.bsky.feed.threadgate";
    static final String POSTGATE = "app.bsky.feed.postgate";

    private Records() {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Post(
            @JsonProperty("$type") String type,
            String text,
            String createdAt,
            List<Facet> facets,
            @Nullable Reply reply,
            List<String> langs,
            @Nullable SelfLabels labels) {
        static Post of(
                String text, String createdAt, List<Facet> facets, @Nullable Reply reply, BlueskySettings settings) {
            var labels = settings.labels().isEmpty() ? null : SelfLabels.of(settings.labels());
            return new Post(POST, text, createdAt, facets, reply, settings.languages(), labels);
        }
    }

    /** The post that this one replies to, and the first post of the conversation. */
    @Serdeable
    record Reply(Ref root, Ref parent) {}

    /** A specific version of a record. */
    @Serdeable
    record Ref(String uri, String cid) {}

    @Serdeable
    record SelfLabels(@JsonProperty("$type") String type, List<SelfLabel> values) {
        static SelfLabels of(List<String> labels) {
            return new SelfLabels(
                    "com.atproto.label.defs#selfLabels",
                    labels.stream().map(SelfLabel::new).toList());
        }
    }

    @Serdeable
    record SelfLabel(String val) {}

    /**
     * Who may reply.
     *
     * @param allow empty allows no replies; always written, because a missing list would allow everyone
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Threadgate(@JsonProperty("$type") String type, String post, List<Rule> allow, String createdAt) {
        static Threadgate of(String postUri, ReplyControl control, String createdAt) {
            var rules = control.allowed().stream()
                    .map(rule -> new Rule(rule.lexiconType()))
                    .toList();
            return new Threadgate(THREADGATE, postUri, rules, createdAt);
        }
    }

    /** Forbids quotes of the post. */
    @Serdeable
    record Postgate(@JsonProperty("$type") String type, String post, List<Rule> embeddingRules, String createdAt) {
        static Postgate withoutQuotes(String postUri, String createdAt) {
            return new Postgate(POSTGATE, postUri, List.of(new Rule(POSTGATE + "#disableRule")), createdAt);
        }
    }

    @Serdeable
    record Rule(@JsonProperty("$type") String type) {}
}
