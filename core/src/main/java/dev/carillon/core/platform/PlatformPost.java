package dev.carillon.core.platform;

import java.util.Map;

/**
 * A post as the platform knows it.
 *
 * @param id the platform's main id of the post
 * @param permalink where a person can look at it
 * @param refs every id that the platform gave, by the platform's names (uri, cid)
 */
public record PlatformPost(String id, String permalink, Map<String, String> refs) {
    public PlatformPost {
        refs = Map.copyOf(refs);
    }
}
