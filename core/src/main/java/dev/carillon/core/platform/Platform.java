package dev.carillon.core.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The supported networks. In test mode the sandbox simulates each of them; live mode needs a connector for each. */
public enum Platform {
    X,
    INSTAGRAM,
    FACEBOOK,
    THREADS,
    LINKEDIN,
    LINKEDIN_PAGE,
    TIKTOK,
    YOUTUBE,
    PINTEREST,
    REDDIT,
    BLUESKY,
    MASTODON,
    TELEGRAM,
    DISCORD,
    SNAPCHAT,
    WORDPRESS,
    /** The neutral platform; exists in test mode only. */
    SANDBOX;

    /**
     * The platforms whose posts can be found again only by their text, which may return the post of another publication. Each connector whose
     * recovery is {@link RecoveryCapability#HEURISTIC_LOOK_UP} serves one of them, and the index {@code publication_shown_post} covers exactly
     * them; a test compares the three.
     */
    public static final List<Platform> FOUND_BY_TEXT =
            List.of(X, FACEBOOK, LINKEDIN, LINKEDIN_PAGE, PINTEREST, REDDIT, TIKTOK);

    /** The name on the wire and in the database, for example {@code linkedin_page}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Platform> named(String wireName) {
        return Arrays.stream(values())
                .filter(platform -> platform.wireName().equals(wireName))
                .findFirst();
    }
}
