package dev.carillon.connectors.sandbox;

import dev.carillon.core.platform.Doubt;
import dev.carillon.core.platform.Platform;

/**
 * What each platform can do about a post that may or may not have arrived, as its documentation has it. In test mode the sandbox
 * answers no better than that.
 */
final class PlayedDoubt {
    private PlayedDoubt() {}

    static Doubt of(Platform platform) {
        return switch (platform) {
            // A record key that the caller chooses; a request that carries an idempotency key; the neutral one.
            case BLUESKY, MASTODON, SANDBOX -> Doubt.OWN_IDEMPOTENCY;
            // The container that is published is made first and tells its state; so does the upload's session; a slug
            // is chosen
            // beforehand and is unique.
            case INSTAGRAM, THREADS, YOUTUBE, WORDPRESS -> Doubt.EXACT_LOOK_UP;
            // No key of the caller's, but recent posts of an account (a page, a board, a profile) can be listed and
            // compared.
            case X, FACEBOOK, LINKEDIN_PAGE, PINTEREST, REDDIT -> Doubt.HEURISTIC_LOOK_UP;
            // A member's posts cannot be listed; what stands in for that is that LinkedIn refuses a repetition and
            // names the post
            // with the same content, which for a day or two may be one that was deleted.
            case LINKEDIN -> Doubt.HEURISTIC_LOOK_UP;
            // Exact for an upload, whose publish id can be asked for; but where TikTok fetches the media itself, as it
            // does all
            // photos, a lost reply takes the id with it and leaves the list of public posts.
            case TIKTOK -> Doubt.HEURISTIC_LOOK_UP;
            // A bot cannot read back what it said in a chat, nor a webhook what it said in a channel.
            case TELEGRAM, DISCORD -> Doubt.NOT_ANSWERABLE;
            // A story has no id and whether stories can be listed is not documented; that media is used once only is
            // seen while a
            // first call runs, and not promised afterwards.
            case SNAPCHAT -> Doubt.NOT_ANSWERABLE;
        };
    }
}
