package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.Facet.ByteSlice;
import dev.carillon.connectors.rules.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns the links, mentions and hashtags of a text into rich-text facets, whose offsets count bytes of UTF-8. */
final class RichTextFacets {
    private RichTextFacets() {}

    /**
     * Returns the facets in the order of the text. Of two that overlap, only the first is kept; a handle that does not
     * resolve gets none.
     *
     * @param resolve finds the DID of a handle
     */
    static List<Facet> of(String text, Function<String, Optional<String>> resolve) {
        var facets = new ArrayList<Facet>();
        int taken = 0;
        for (var entity : TextEntityFinder.in(text).toList()) {
            if (entity.from() >= taken) {
                var facet = facet(entity, slice(text, entity), resolve);
                taken = facet.isPresent() ? entity.to() : taken;
                facet.ifPresent(facets::add);
            }
        }
        return facets;
    }

    private static Optional<Facet> facet(
            TextEntity entity, ByteSlice index, Function<String, Optional<String>> resolve) {
        return switch (entity) {
            case TextEntity.Link link -> Optional.of(Facet.link(index, link.uri()));
            case TextEntity.Tag tag -> Optional.of(Facet.tag(index, tag.tag()));
            case TextEntity.Mention mention -> resolve.apply(mention.handle()).map(did -> Facet.mention(index, did));
        };
    }

    private static ByteSlice slice(String text, TextEntity entity) {
        int start = Texts.utf8Bytes(text, 0, entity.from());
        return new ByteSlice(start, start + Texts.utf8Bytes(text, entity.from(), entity.to()));
    }
}
