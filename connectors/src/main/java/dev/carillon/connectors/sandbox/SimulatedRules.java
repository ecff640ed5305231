package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.rules.ContentRules;
import dev.carillon.connectors.rules.PlatformName;
import dev.carillon.connectors.rules.RuleBook;
import dev.carillon.connectors.rules.ThreadRule;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content rules that test mode applies: those of the simulated platform, from its connector or from the shared rule
 * book.
 */
@Singleton
final class SimulatedRules {
    private static final int LONGEST_TEXT = 100_000;

    private static final ContentRules NEUTRAL = new Neutral(new PlatformName(Platform.SANDBOX, "The sandbox"));

    private final Map<Platform, ContentRules> rules = new EnumMap<>(Platform.class);

    SimulatedRules(List<ContentRules> ofPlatforms) {
        ofPlatforms.forEach(one -> rules.put(one.platform(), one));
    }

    ContentRules of(Platform platform) {
        return Optional.ofNullable(rules.get(platform))
                .or(() -> RuleBook.of(platform))
                .orElse(NEUTRAL);
    }

    /** The rules of the neutral platform. */
    private record Neutral(PlatformName name) implements ContentRules {
        @Override
        public Platform platform() {
            return name.platform();
        }

        @Override
        public Optional<ThreadRule> thread() {
            return Optional.of(ThreadRule.of(ThreadRule.MANY));
        }

        @Override
        public List<RuleViolation> check(String text, Map<String, Object> settings) {
            return neutral(text);
        }
    }

    private static List<RuleViolation> neutral(String text) {
        if (text.isBlank()) {
            return List.of(rule("empty", "The text is empty; a post without media needs text.", 1, 0));
        }
        if (text.length() > LONGEST_TEXT) {
            var message = "The text has %d characters; the sandbox allows %d. Shorten it by %d."
                    .formatted(text.length(), LONGEST_TEXT, text.length() - LONGEST_TEXT);
            return List.of(rule("characters", message, LONGEST_TEXT, text.length()));
        }
        return List.of();
    }

    private static RuleViolation rule(String name, String message, long limit, long actual) {
        return new RuleViolation("sandbox.text." + name, "/text", message, limit, actual, "characters");
    }
}
