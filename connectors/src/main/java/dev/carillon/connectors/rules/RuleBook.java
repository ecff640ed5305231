package dev.carillon.connectors.rules;

import static dev.carillon.connectors.rules.PlatformRules.Content.media;
import static dev.carillon.connectors.rules.PlatformRules.Content.words;
import static dev.carillon.connectors.rules.Setting.choice;
import static dev.carillon.connectors.rules.Setting.flag;
import static dev.carillon.connectors.rules.Setting.form;
import static dev.carillon.connectors.rules.Setting.ids;
import static dev.carillon.connectors.rules.Setting.text;
import static dev.carillon.connectors.rules.Setting.texts;
import static dev.carillon.connectors.rules.Setting.whole;
import static dev.carillon.connectors.rules.TextUnit.ANGLE_BRACKETS;
import static dev.carillon.connectors.rules.TextUnit.CASHTAGS;
import static dev.carillon.connectors.rules.TextUnit.CODE_POINTS;
import static dev.carillon.connectors.rules.TextUnit.HASHTAGS;
import static dev.carillon.connectors.rules.TextUnit.LINKS;
import static dev.carillon.connectors.rules.TextUnit.MASTODON_CHARACTERS;
import static dev.carillon.connectors.rules.TextUnit.MENTIONS;
import static dev.carillon.connectors.rules.TextUnit.THREADS_CHARACTERS;
import static dev.carillon.connectors.rules.TextUnit.UTF16_UNITS;
import static dev.carillon.connectors.rules.TextUnit.UTF8_BYTES;
import static dev.carillon.connectors.rules.TextUnit.X_CHARACTERS;
import static dev.carillon.connectors.rules.TextUnit.YOUTUBE_TAGS;
import static dev.carillon.connectors.rules.ThreadRule.MANY;

import dev.carillon.core.platform.Platform;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content rules of each platform, used by its connector and by the simulated platform. Bluesky's rules are in its
 * own connector. Settings use the platform's own names, in snake case, and its own values. Settings that matter only
 * for media or polls are left out if the platform accepts text alone. If a platform documents no unit, the unit that
 * never counts too little is used.
 *
 * <p>A platform threads if a post can reply to a post of the same account. Comments are not a thread (Facebook,
 * LinkedIn, Reddit, YouTube), nor are messages that merely follow each other (Discord).
 *
 * <p>Figures that no official page confirms, kept nevertheless: Facebook's 63,206; that Instagram counts code points
 * (it also announced a limit of 5 hashtags, while its API reference still has 30); the units of LinkedIn, Discord,
 * Reddit, Pinterest and Snapchat; the length of a WordPress slug and of the name of a Discord thread. X accepts more
 * than 280 from some paying accounts, a Mastodon server may be set to more than 500, and a subreddit may require less.
 */
public final class RuleBook {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,40}");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final Pattern LOCALE = Pattern.compile("[a-z]{2}_[A-Z]{2}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(?:-[A-Za-z0-9]+)?");
    private static final Pattern SUBREDDIT = Pattern.compile("[A-Za-z0-9_-]{2,24}");
    private static final Pattern TOPIC = Pattern.compile("[^.&]{1,50}");
    private static final Pattern DISCORD_NAME = Pattern.compile("(?is)(?!.*(?:clyde|discord)).{1,80}");
    private static final YearMonth AUGUST = YearMonth.of(2026, 8);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    private static final Map<Platform, PlatformRules> RULES = Stream.of(
                    x(),
                    mastodon(),
                    threads(),
                    instagram(),
                    facebook(),
                    linkedIn(),
                    linkedInPage(),
                    tikTok(),
                    youTube(),
                    pinterest(),
                    reddit(),
                    telegram(),
                    discord(),
                    snapchat(),
                    wordPress())
            .collect(Collectors.toUnmodifiableMap(PlatformRules::platform, Function.identity()));

    private RuleBook() {}

    /** The rules of a platform; empty if its own connector has them. */
    public static Optional<ContentRules> of(Platform platform) {
        return Optional.ofNullable(RULES.get(platform));
    }

    private static PlatformRules x() {
        return PlatformRules.of(
                        Platform.X,
                        "X",
                        words(TextLimit.of(280, X_CHARACTERS), TextLimit.of(1, CASHTAGS)),
                        "twitter-text, configuration 3; X API v2, POST /2/tweets",
                        AUGUST,
                        choice("reply_settings", "following", "mentionedUsers", "subscribers", "verified"),
                        digits("community_id"),
                        flag("share_with_followers"),
                        flag("made_with_ai"),
                        flag("paid_partnership"),
                        flag("nullcast"),
                        flag("for_super_followers_only"))
                .threading(
                        ThreadRule.PARTS_ON_X,
                        "reply_settings",
                        "community_id",
                        "share_with_followers",
                        "nullcast",
                        "for_super_followers_only");
    }

    private static PlatformRules mastodon() {
        return PlatformRules.of(
                        Platform.MASTODON,
                        "Mastodon",
                        words(TextLimit.of(500, MASTODON_CHARACTERS).with("spoiler_text")),
                        "StatusLengthValidator of mastodon/mastodon; docs.joinmastodon.org, statuses",
                        YearMonth.of(2026, 7),
                        choice("visibility", "public", "unlisted", "private", "direct"),
                        text("spoiler_text"),
                        flag("sensitive"),
                        form("language", "an ISO 639 language code such as 'en'", LANGUAGE),
                        choice("quote_approval_policy", "public", "followers", "nobody"))
                .threading(MANY);
    }

    private static PlatformRules threads() {
        return PlatformRules.of(
                        Platform.THREADS,
                        "Threads",
                        words(
                                TextLimit.of(500, THREADS_CHARACTERS),
                                TextLimit.of(5, LINKS).with("link_attachment")),
                        "Threads API, Posts",
                        AUGUST,
                        choice(
                                "reply_control",
                                "everyone",
                                "accounts_you_follow",
                                "mentioned_only",
                                "parent_post_author_only",
                                "followers_only"),
                        flag("enable_reply_approvals"),
                        form("topic_tag", "a tag of 1 to 50 characters without . and &", TOPIC),
                        address("link_attachment"),
                        flag("is_ghost_post"),
                        texts("allowlisted_country_codes", 250),
                        digits("location_id"))
                .threading(
                        MANY,
                        "reply_control",
                        "enable_reply_approvals",
                        "topic_tag",
                        "link_attachment",
                        "is_ghost_post");
    }

    private static PlatformRules instagram() {
        return PlatformRules.of(
                Platform.INSTAGRAM,
                "Instagram",
                media(
                        "an image or a video",
                        TextLimit.of(2_200, CODE_POINTS),
                        TextLimit.of(30, HASHTAGS),
                        TextLimit.of(20, MENTIONS)),
                "Instagram Platform, IG User Media (v25)",
                YearMonth.of(2026, 6),
                choice("post_type", "feed", "reel", "story"),
                flag("share_to_feed"),
                texts("collaborators", 3),
                digits("location_id"),
                address("cover_url"),
                whole("thumb_offset", 0, Integer.MAX_VALUE),
                choice("trial_reel", "MANUAL", "SS_PERFORMANCE"),
                flag("is_ai_generated"),
                text("first_comment", TextLimit.of(2_200, CODE_POINTS)));
    }

    private static PlatformRules facebook() {
        return PlatformRules.of(
                Platform.FACEBOOK,
                "Facebook",
                words(TextLimit.of(63_206, CODE_POINTS)).orSettings("link"),
                "Graph API v26.0, Page Feed",
                AUGUST,
                address("link"),
                digits("text_format_preset_id"),
                digits("place"),
                texts("tags", 50));
    }

    private static PlatformRules linkedIn() {
        return linkedIn(Platform.LINKEDIN, "PUBLIC", "CONNECTIONS", "LOGGED_IN");
    }

    private static PlatformRules linkedInPage() {
        return linkedIn(Platform.LINKEDIN_PAGE, "PUBLIC");
    }

    private static PlatformRules linkedIn(Platform platform, String... visibilities) {
        return PlatformRules.of(
                platform,
                "LinkedIn",
                // Counted before the reserved characters are escaped.
                words(TextLimit.of(3_000, UTF16_UNITS)),
                "LinkedIn Posts API",
                AUGUST,
                choice("visibility", visibilities),
                choice("feed_distribution", "MAIN_FEED", "NONE"),
                flag("is_reshare_disabled_by_author"));
    }

    private static PlatformRules tikTok() {
        return PlatformRules.of(
                Platform.TIKTOK,
                "TikTok",
                media("a video or photos", TextLimit.of(2_200, UTF16_UNITS)),
                "TikTok Content Posting API, Direct Post",
                NOVEMBER,
                choice(
                                "privacy_level",
                                "PUBLIC_TO_EVERYONE",
                                "MUTUAL_FOLLOW_FRIENDS",
                                "FOLLOWER_OF_CREATOR",
                                "SELF_ONLY")
                        .alwaysNeeded(),
                flag("disable_comment"),
                flag("disable_duet"),
                flag("disable_stitch"),
                flag("brand_content_toggle"),
                flag("brand_organic_toggle"),
                flag("is_aigc"),
                flag("auto_add_music"),
                whole("video_cover_timestamp_ms", 0, Integer.MAX_VALUE),
                whole("photo_cover_index", 0, 34),
                choice("mode", "direct", "inbox"));
    }

    private static PlatformRules youTube() {
        return PlatformRules.of(
                Platform.YOUTUBE,
                "YouTube",
                media("a video", TextLimit.of(5_000, UTF8_BYTES), TextLimit.of(0, ANGLE_BRACKETS)),
                "YouTube Data API v3, videos",
                NOVEMBER,
                text("title", TextLimit.of(100, CODE_POINTS), TextLimit.of(0, ANGLE_BRACKETS))
                        .alwaysNeeded(),
                choice("privacy_status", "public", "unlisted", "private"),
                flag("self_declared_made_for_kids"),
                flag("contains_synthetic_media"),
                digits("category_id"),
                texts("tags", TextLimit.of(500, YOUTUBE_TAGS)),
                choice("license", "youtube", "creativeCommon"),
                flag("embeddable"),
                flag("public_stats_viewable"),
                flag("notify_subscribers"),
                text("playlist_id"),
                text("first_comment"));
    }

    private static PlatformRules pinterest() {
        return PlatformRules.of(
                Platform.PINTEREST,
                "Pinterest",
                media("an image or a video", TextLimit.of(800, CODE_POINTS)),
                "Pinterest API v5.23, pins/create",
                YearMonth.of(2025, 12),
                digits("board_id").alwaysNeeded(),
                digits("board_section_id"),
                text("title", TextLimit.of(100, CODE_POINTS)),
                text("link", TextLimit.of(2_048, CODE_POINTS)),
                text("alt_text", TextLimit.of(500, CODE_POINTS)),
                form("dominant_color", "a color such as #6E7874", COLOR));
    }

    private static PlatformRules reddit() {
        return PlatformRules.of(
                Platform.REDDIT,
                "Reddit",
                words(TextLimit.of(40_000, CODE_POINTS)).orSettings("title"),
                "Reddit API, POST /api/submit; PRAW 8",
                AUGUST,
                form("subreddit", "a subreddit's name without r/", SUBREDDIT).alwaysNeeded(),
                text("title", TextLimit.of(300, CODE_POINTS)).alwaysNeeded(),
                choice("kind", "self", "link"),
                address("url").neededWhere("kind", "link"),
                text("flair_id"),
                text("flair_text"),
                flag("nsfw"),
                flag("spoiler"),
                flag("send_replies"),
                flag("resubmit"));
    }

    private static PlatformRules telegram() {
        return PlatformRules.of(
                        Platform.TELEGRAM,
                        "Telegram",
                        // Sent as is, without a parse mode, so all of it is visible.
                        words(TextLimit.of(4_096, UTF16_UNITS)),
                        "Telegram Bot API 10.1, sendMessage",
                        YearMonth.of(2026, 6),
                        flag("disable_notification"),
                        flag("protect_content"),
                        flag("disable_link_preview"),
                        whole("message_thread_id", 1, Integer.MAX_VALUE))
                .threading(MANY);
    }

    private static PlatformRules discord() {
        return PlatformRules.of(
                        Platform.DISCORD,
                        "Discord",
                        words(TextLimit.of(2_000, UTF16_UNITS)),
                        "Discord API v10, Execute Webhook",
                        AUGUST,
                        form("username", "a name of 1 to 80 characters without 'clyde' and 'discord'", DISCORD_NAME),
                        address("avatar_url"),
                        flag("tts"),
                        flag("suppress_embeds"),
                        flag("silent"),
                        choice("mentions", "none", "users", "roles", "everyone"),
                        digits("thread_id"),
                        text("thread_name", TextLimit.of(100, UTF16_UNITS)))
                .apart("thread_id", "thread_name");
    }

    private static PlatformRules snapchat() {
        return PlatformRules.of(
                Platform.SNAPCHAT,
                "Snapchat",
                // The limit of a spotlight, which is the only kind with a description.
                media("an image or a video", TextLimit.of(160, UTF16_UNITS)),
                "Snapchat Public Profile API",
                NOVEMBER,
                choice("content_type", "story", "saved_story", "spotlight").alwaysNeeded(),
                text("title", TextLimit.of(45, UTF16_UNITS)).neededWhere("content_type", "saved_story"),
                form("locale", "a locale such as en_US", LOCALE).neededWhere("content_type", "spotlight"),
                choice("ttl", "ONE_DAY", "TWO_DAYS", "THREE_DAYS", "ONE_WEEK"),
                flag("save_to_profile"));
    }

    private static PlatformRules wordPress() {
        return PlatformRules.of(
                        Platform.WORDPRESS,
                        "WordPress",
                        // Only the site's server limits the length.
                        words().orSettings("title", "excerpt"),
                        "WordPress REST API, Posts",
                        YearMonth.of(2025, 12),
                        text("title"),
                        text("excerpt"),
                        text("slug", TextLimit.of(200, CODE_POINTS)),
                        choice("status", "publish", "draft", "pending", "private"),
                        choice(
                                "format",
                                "standard",
                                "aside",
                                "chat",
                                "gallery",
                                "link",
                                "image",
                                "quote",
                                "status",
                                "video",
                                "audio"),
                        choice("comment_status", "open", "closed"),
                        choice("ping_status", "open", "closed"),
                        flag("sticky"),
                        text("password"),
                        ids("categories"),
                        ids("tags"),
                        whole("author", 1, Integer.MAX_VALUE),
                        text("template"))
                .apart("sticky", "password");
    }

    private static Setting digits(String name) {
        return form(name, "an id that consists of digits", DIGITS);
    }

    private static Setting address(String name) {
        return form(name, "a URL that starts with http:// or https://", ADDRESS);
    }
}
