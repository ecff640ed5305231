package dev.carillon.connectors.rules;

import static dev.carillon.core.platform.PublishWindow.ofApp;
import static dev.carillon.core.platform.PublishWindow.ofIdentity;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PublishWindow;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many posts each platform accepts, used by its connector and by the simulated platform. Only limits that apply to
 * every account are listed. Where the limit depends on the account (Facebook), on the channel (Discord, Telegram) or on
 * the server (WordPress), the platform's answer counts. As of August 2026:
 *
 * <ul>
 *   <li>Bluesky: 5,000 points an hour and 35,000 a day for a repository, 3 for a record created (docs.bsky.app, Rate
 *       Limits). A post with a gate creates more than one record and costs more; the server's own answer then counts.
 *   <li>Instagram: 100 posts in 24 hours, a carousel is one (Content Publishing guide; the reference of
 *       {@code content_publishing_limit} shows 50 for some accounts).
 *   <li>Threads: 250 posts in 24 hours for a profile (Threads API, Rate Limiting).
 *   <li>LinkedIn: 150 posts a day for a member, 100,000 for an app. These are the last published figures; the current
 *       ones are in each app's developer portal.
 *   <li>TikTok: about 15 direct posts a day for a creator over all apps, 6 initialisations a minute for a token
 *       (Content Posting API).
 *   <li>X: 100 posts in 15 minutes and 300 in 3 hours for a user, 10,000 in 24 hours for an app (X API, Rate Limits).
 *   <li>YouTube: 100 calls of {@code videos.insert} a day for a project (Data API, quota since June 2026).
 *   <li>Mastodon: 300 statuses in 3 hours for an account (the server's throttle of statuses; administrators may change
 *       it).
 *   <li>Pinterest: 100 writes a minute for a user of an app; a video takes two.
 *   <li>Reddit: 100 requests a minute for a client, averaged over ten minutes.
 * </ul>
 *
 * <p>A limit per calendar day is applied to any 24 hours, which never allows more.
 */
public final class PublishWindows {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static final Map<Platform, List<PublishWindow>> WINDOWS = new EnumMap<>(Map.of(
            Platform.BLUESKY, List.of(ofIdentity(5_000 / 3, HOUR), ofIdentity(35_000 / 3, DAY)),
            Platform.INSTAGRAM, List.of(ofIdentity(100, DAY)),
            Platform.THREADS, List.of(ofIdentity(250, DAY)),
            Platform.LINKEDIN, List.of(ofIdentity(150, DAY), ofApp(100_000, DAY)),
            Platform.LINKEDIN_PAGE, List.of(ofIdentity(150, DAY), ofApp(100_000, DAY)),
            Platform.TIKTOK, List.of(ofIdentity(6, MINUTE), ofIdentity(15, DAY)),
            Platform.X,
                    List.of(
                            ofIdentity(100, Duration.ofMinutes(15)),
                            ofIdentity(300, Duration.ofHours(3)),
                            ofApp(10_000, DAY)),
            Platform.YOUTUBE, List.of(ofApp(100, DAY)),
            Platform.MASTODON, List.of(ofIdentity(300, Duration.ofHours(3))),
            Platform.PINTEREST, List.of(ofIdentity(50, MINUTE))));

    static {
        WINDOWS.put(Platform.REDDIT, List.of(ofApp(1_000, Duration.ofMinutes(10))));
    }

    private PublishWindows() {}

    /** The windows of a platform; a post must fit into all of them. Empty if the platform publishes no limit. */
    public static List<PublishWindow> of(Platform platform) {
        return WINDOWS.getOrDefault(platform, List.of());
    }
}
