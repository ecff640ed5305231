package dev.carillon.connectors.bluesky;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code app.bsky.richtext.facet}: the bytes of a text that are a link, a mention or a hashtag. */
@Serdeable
record Facet(ByteSlice index, List<Feature> features) {
    Facet {
        features = List.copyOf(features);
    }

    static Facet link(ByteSlice index, String uri) {
        return new Facet(index, List.of(new Feature("app.bsky.richtext.facet#link", uri, null, null)));
    }

    static Facet mention(ByteSlice index, String did) {
        return new Facet(index, List.of(new Feature("app.bsky.richtext.facet#mention", null, did, null)));
    }

    static Facet tag(ByteSlice index, String tag) {
        return new Facet(index, List.of(new Feature("app.bsky.richtext.facet#tag", null, null, tag)));
    }

    /** Offsets into the text in UTF-8; the end is exclusive. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ByteSlice(int byteStart, int byteEnd) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Feature(
            @JsonProperty("$type") String type,
            @Nullable String uri,
            @Nullable String did,
            @Nullable String tag) {}
}
