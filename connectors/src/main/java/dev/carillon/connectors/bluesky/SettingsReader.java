package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.BlueskySettings.ReplyControl;
import dev.carillon.connectors.bluesky.BlueskySettings.ReplyRule;
import dev.carillon.connectors.rules.PlatformName;
import dev.carillon.connectors.rules.TargetSettings;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.RuleViolation;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of a target and collects a violation for each one that cannot be used. */
final class SettingsReader {
    static final String REPLY_CONTROL = "reply_control";
    private static final List<String> NAMES = List.of("langs", REPLY_CONTROL, "labels", "quotes");
    private static final List<String> REPLY_RULES =
            Arrays.stream(ReplyRule.values()).map(ReplyRule::wireName).toList();

    private final TargetSettings settings;
    private final BlueskyLimits limits;

    SettingsReader(Map<String, Object> settings, BlueskyLimits limits) {
        this.settings = new TargetSettings(new PlatformName(Platform.BLUESKY, "Bluesky"), settings, NAMES);
        this.limits = limits;
    }

    /** The settings; complete only if {@link #violations()} is empty afterwards. */
    BlueskySettings read() {
        return new BlueskySettings(languages(), replyControl(), labels(), quotesAllowed());
    }

    List<RuleViolation> violations() {
        return settings.violations();
    }

    private List<String> languages() {
        var languages = settings.texts("langs", "a list of language tags such as [\"en\", \"pt-BR\"]");
        if (languages.size() > limits.languages()) {
            var message = "Bluesky allows at most %d languages; langs has %d. Remove some."
                    .formatted(limits.languages(), languages.size());
            settings.refuse("count", "langs", message, limits.languages(), languages.size(), "languages");
        }
        languages.stream().filter(tag -> !isLanguageTag(tag)).forEach(tag -> {
            var message = "'%s' is not a BCP 47 language tag such as 'en' or 'pt-BR'.".formatted(tag);
            settings.refuse("value", "langs", message, 0, 1, "languages");
        });
        return languages;
    }

    private Optional<ReplyControl> replyControl() {
        return switch (settings.value(REPLY_CONTROL)) {
            case null -> Optional.empty();
            case String word when word.equals("everyone") -> Optional.empty();
            case String word when word.equals("nobody") -> Optional.of(new ReplyControl(List.of()));
            case List<?> rules -> Optional.of(new ReplyControl(replyRules(rules)));
            default -> {
                settings.wrongType(
                        REPLY_CONTROL, "'everyone', 'nobody' or a list of " + String.join(", ", REPLY_RULES));
                yield Optional.empty();
            }
        };
    }

    private List<ReplyRule> replyRules(List<?> written) {
        if (written.isEmpty()) {
            settings.wrongType(REPLY_CONTROL, "a list that is not empty, or 'nobody' to allow no replies");
        }
        if (written.size() > limits.replyRules()) {
            var message = "Bluesky allows at most %d reply rules; reply_control has %d. Remove some."
                    .formatted(limits.replyRules(), written.size());
            settings.refuse("count", REPLY_CONTROL, message, limits.replyRules(), written.size(), "rules");
        }
        written.stream()
                .filter(rule -> !REPLY_RULES.contains(rule))
                .forEach(rule -> settings.notAChoice(REPLY_CONTROL, rule, REPLY_RULES));
        return Arrays.stream(ReplyRule.values())
                .filter(rule -> written.contains(rule.wireName()))
                .toList();
    }

    private List<String> labels() {
        var labels = settings.texts("labels", "a list of " + String.join(", ", BlueskySettings.LABELS));
        labels.stream()
                .filter(label -> !BlueskySettings.LABELS.contains(label))
                .forEach(label -> settings.notAChoice("labels", label, BlueskySettings.LABELS));
        return labels.stream().distinct().toList();
    }

    private boolean quotesAllowed() {
        return settings.flag("quotes").orElse(true);
    }

    private static boolean isLanguageTag(String tag) {
        try {
            return !tag.isEmpty()
                    && !new Locale.Builder()
                            .setLanguageTag(tag)
                            .build()
                            .toLanguageTag()
                            .isEmpty();
        } catch (IllformedLocaleException e) {
            return false;
        }
    }
}
