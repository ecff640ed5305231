package dev.carillon.core.platform;

/**
 * A platform rule that a text or a setting breaks.
 *
 * @param rule the rule's stable name, for example {@code bluesky.text.graphemes}
 * @param pointer what breaks it, as a JSON pointer below the target ({@code /text}, {@code /settings/langs})
 * @param message what was found, what the limit is and how to fix it
 * @param limit the limit, in {@code unit}; for a closed set of values, its size
 * @param actual what was found, in {@code unit}
 */
public record RuleViolation(String rule, String pointer, String message, long limit, long actual, String unit) {
    /** The same violation at another place. */
    public RuleViolation at(String place) {
        return new RuleViolation(rule, place, message, limit, actual, unit);
    }

    /**
     * The platform does not support threads.
     *
     * @param written the platform's name as people write it
     * @param parts how many parts follow the post itself
     */
    public static RuleViolation noThreads(String platform, String written, int parts) {
        return new RuleViolation(
                platform + ".thread.unsupported",
                "/thread",
                "%s does not support threads; use a single post, or give this target an empty thread: `\"thread\": []`."
                        .formatted(written),
                0,
                parts,
                "parts");
    }
}
