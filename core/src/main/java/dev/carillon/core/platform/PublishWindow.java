package dev.carillon.core.platform;

import java.time.Duration;

/**
 * How many posts a platform takes within any stretch of this length.
 *
 * @param owner who has them together
 */
public record PublishWindow(int posts, Duration length, Owner owner) {
    /** Who shares a window. */
    public enum Owner {
        /** Whoever the account is on the platform, in every workspace that has connected it. */
        IDENTITY,
        /** Every account of the app. */
        APP
    }

    public PublishWindow {
        if (posts < 1 || length.toSeconds() < 1) {
            throw new IllegalArgumentException("a window of " + posts + " posts in " + length);
        }
    }

    public static PublishWindow ofIdentity(int posts, Duration length) {
        return new PublishWindow(posts, length, Owner.IDENTITY);
    }

    public static PublishWindow ofApp(int posts, Duration length) {
        return new PublishWindow(posts, length, Owner.APP);
    }
}
