package dev.carillon.connectors.sandbox;

import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RecoveryCapability;

/**
 * How well each platform can reconcile a publication whose outcome is unknown, according to its documentation. In test
 * mode the sandbox answers no better than that.
 */
final class SimulatedCapabilities {
    private SimulatedCapabilities() {}

    static RecoveryCapability of(Platform platform) {
        return switch (platform) {
            // A record key that the caller chooses; a request with an idempotency key; the neutral platform.
            case BLUESKY, MASTODON, SANDBOX -> RecoveryCapability.OWN_IDEMPOTENCY;
            // The published container is created first and reports its state, and so does the upload session; a slug is
            // chosen beforehand and is unique.
            case INSTAGRAM, THREADS, YOUTUBE, WORDPRESS -> RecoveryCapability.EXACT_LOOK_UP;
            // No key chosen by the caller, but the recent posts of an account (a page, a board, a profile) can be
            // listed and compared.
            case X, FACEBOOK, LINKEDIN_PAGE, PINTEREST, REDDIT -> RecoveryCapability.HEURISTIC_LOOK_UP;
            // A member's posts cannot be listed. Instead, LinkedIn refuses a repetition and names the post with the
            // same content, which for a day or two may be one that was deleted.
            case LINKEDIN -> RecoveryCapability.HEURISTIC_LOOK_UP;
            // Exact for an upload, whose publish id can be queried. But where TikTok fetches the media itself, as it
            // does for all photos, the id is lost with the reply, which leaves only the list of public posts.
            case TIKTOK -> RecoveryCapability.HEURISTIC_LOOK_UP;
            // A bot cannot read back what it said in a chat, nor a webhook what it said in a channel.
            case TELEGRAM, DISCORD -> RecoveryCapability.NOT_ANSWERABLE;
            // A story has no id, and whether stories can be listed is not documented. That media is used only once can
            // be observed while a first call runs, but is not promised afterwards.
            case SNAPCHAT -> RecoveryCapability.NOT_ANSWERABLE;
        };
    }
}
