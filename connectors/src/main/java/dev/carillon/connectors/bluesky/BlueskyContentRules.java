package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.rules.ContentRules;
import dev.carillon.connectors.rules.PlatformName;
import dev.carillon.connectors.rules.Texts;
import dev.carillon.connectors.rules.ThreadRule;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bluesky's content rules: length in two units, well-formed text, and the settings that it knows. */
@Singleton
final class BlueskyContentRules implements ContentRules {
    private static final PlatformName NAME = new PlatformName(Platform.BLUESKY, "Bluesky");

    /** The reply control applies to a whole conversation and is set on its first post. */
    private static final ThreadRule THREAD = ThreadRule.of(ThreadRule.MANY, SettingsReader.REPLY_CONTROL);

    private final BlueskyLimits limits = BlueskyLimits.CURRENT;

    @Override
    public Platform platform() {
        return Platform.BLUESKY;
    }

    @Override
    public PlatformName name() {
        return NAME;
    }

    @Override
    public Optional<ThreadRule> thread() {
        return Optional.of(THREAD);
    }

    @Override
    public List<RuleViolation> check(String text, Map<String, Object> settings) {
        var violations = new ArrayList<RuleViolation>();
        checkText(text, violations);
        var reader = new SettingsReader(settings, limits);
        reader.read();
        violations.addAll(reader.violations());
        return violations;
    }

    /** Reads settings that have passed {@link #check}. */
    BlueskySettings settings(Map<String, Object> settings) {
        return new SettingsReader(settings, limits).read();
    }

    private void checkText(String text, List<RuleViolation> violations) {
        if (text.isBlank()) {
            violations.add(
                    rule("empty", "The text is empty; a Bluesky post without media needs text.", 1, 0, "graphemes"));
            return;
        }
        if (!Texts.isWellFormed(text)) {
            violations.add(rule(
                    "unicode",
                    "The text contains half of a surrogate pair; send well-formed Unicode.",
                    0,
                    1,
                    "characters"));
            return;
        }
        tooLong("graphemes", Texts.graphemes(text), limits.textGraphemes(), "characters", violations);
        tooLong("bytes", Texts.utf8Bytes(text), limits.textBytes(), "bytes in UTF-8", violations);
    }

    private static void tooLong(String unit, int actual, int limit, String words, List<RuleViolation> violations) {
        if (actual > limit) {
            var message = "The text has %d %s; Bluesky allows %d. Shorten it by %d."
                    .formatted(actual, words, limit, actual - limit);
            violations.add(rule(unit, message, limit, actual, unit));
        }
    }

    private static RuleViolation rule(String name, String message, long limit, long actual, String unit) {
        return new RuleViolation("bluesky.text." + name, "/text", message, limit, actual, unit);
    }
}
