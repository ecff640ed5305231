package dev.carillon.core.platform;

/**
 * A rule of a platform that a text or a setting breaks.
 *
 * @param rule its stable name, for example {@code bluesky.text.graphemes}
 * @param pointer what breaks it, as a JSON pointer below the target ({@code /text}, {@code /settings/langs})
 * @param message what was found, what the limit is and how to mend it
 * @param limit the limit, in {@code unit}; for a closed set of values its size
 * @param actual what was found, in {@code unit}
 */
public record RuleViolation(String rule, String pointer, String message, long limit, long actual, String unit) {}
