package dev.carillon.core.platform;

import java.util.Arrays;
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
