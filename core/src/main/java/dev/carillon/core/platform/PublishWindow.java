package dev.carillon.core.platform;

import java.time.Duration;

/**
 * A rate limit: how many posts a platform accepts within any period of this length.
 *
 * @param owner which accounts share the limit
 */
public record PublishWindow(int posts, Duration length, Owner owner) {
    /** Which accounts share a window. */
    public enum Owner {
        /** All accounts with the same platform identity, in every workspace that has connected it. */
        IDENTITY,
        /** Every account of the app. */
        APP
    }

    public PublishWindow {
        if (posts < 1 || length.toSeconds() < 1) {
            throw new IllegalArgumentException("invalid publish window: " + posts + " posts in " + length);
        }
    }

    public static PublishWindow ofIdentity(int posts, Duration length) {
        return new PublishWindow(posts, length, Owner.IDENTITY);
    }

    public static PublishWindow ofApp(int posts, Duration length) {
        return new PublishWindow(posts, length, Owner.APP);
    }
}
