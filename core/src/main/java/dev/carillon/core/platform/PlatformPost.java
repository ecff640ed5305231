package dev.carillon.core.platform;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A post as the platform knows it. A room always gives its id and link; either is null only where a person said that a post is out, and
 * did not say more.
 *
 * @param id the platform's main id of the post
 * @param permalink where a person can look at it
 * @param refs every id that the platform gave, by the platform's names (uri, cid)
 */
public record PlatformPost(@Nullable String id, @Nullable String permalink, Map<String, String> refs) {
    public PlatformPost {
        refs = Map.copyOf(refs);
    }

    /** The id of a post that a room has told of. */
    public String requiredId() {
        return Objects.requireNonNull(id);
    }
}
