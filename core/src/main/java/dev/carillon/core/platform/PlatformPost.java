package dev.carillon.core.platform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A post as the platform knows it. A connector always sets id and permalink. Either is null only if a person reported
 * the post as published and did not give it.
 *
 * @param id the platform's main id of the post
 * @param permalink where a person can see it
 * @param refs all ids that the platform returned, by the platform's names (uri, cid)
 */
public record PlatformPost(@Nullable String id, @Nullable String permalink, Map<String, String> refs) {
    public PlatformPost {
        refs = Map.copyOf(refs);
    }
}
