package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.BlueskySettings.ReplyControl;
import dev.carillon.connectors.bluesky.BlueskySettings.ReplyRule;
import dev.carillon.connectors.rules.Names;
import dev.carillon.core.platform.RuleViolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a target and notes everything in them that cannot be used. */
final class SettingsReader {
    private static final List<String> NAMES = List.of("langs", "reply_control", "labels", "quotes");
    private static final List<String> REPLY_RULES =
            Arrays.stream(ReplyRule.values()).map(ReplyRule::wireName).toList();

    private final Map<String, Object> settings;
    private final BlueskyLimits limits;
    private final List<RuleViolation> violations = new ArrayList<>();

    SettingsReader(Map<String, Object> settings, BlueskyLimits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /** The settings; they are complete only where {@link #violations()} is empty afterwards. */
    BlueskySettings read() {
        new TreeSet<>(settings.keySet())
                .stream().filter(name -> !NAMES.contains(name)).forEach(this::unknown);
        return new BlueskySettings(languages(), replyControl(), labels(), quotesAllowed());
    }

    List<RuleViolation> violations() {
        return List.copyOf(violations);
    }

    private void unknown(String name) {
        var guess = Names.nearest(name, NAMES)
                .map("did you mean '%s'?"::formatted)
                .orElse("the settings are " + String.join(", ", NAMES) + ".");
        refuse("unknown", name, "Bluesky has no setting '%s'; %s".formatted(name, guess), NAMES.size(), 1, "settings");
    }

    private List<String> languages() {
        var languages = strings("langs", "a list of language tags such as [\"en\", \"pt-BR\"]");
        if (languages.size() > limits.languages()) {
            var message = "Bluesky takes at most %d languages and there are %d; leave some out."
                    .formatted(limits.languages(), languages.size());
            refuse("count", "langs", message, limits.languages(), languages.size(), "languages");
        }
        languages.stream().filter(tag -> !isLanguageTag(tag)).forEach(tag -> {
            var message =
                    "'%s' is not a language tag; write it after BCP 47, for example 'en' or 'pt-BR'.".formatted(tag);
            refuse("value", "langs", message, 0, 1, "languages");
        });
        return languages;
    }

    private Optional<ReplyControl> replyControl() {
        return switch (settings.get("reply_control")) {
            case null -> Optional.empty();
            case String word when word.equals("everyone") -> Optional.empty();
            case String word when word.equals("nobody") -> Optional.of(new ReplyControl(List.of()));
            case List<?> rules -> Optional.of(new ReplyControl(replyRules(rules)));
            default -> {
                wrongType("reply_control", "'everyone', 'nobody' or a list of " + String.join(", ", REPLY_RULES));
                yield Optional.empty();
            }
        };
    }

    private List<ReplyRule> replyRules(List<?> written) {
        if (written.isEmpty()) {
            wrongType("reply_control", "a list that is not empty; 'nobody' lets nobody reply");
        }
        if (written.size() > limits.replyRules()) {
            var message = "Bluesky takes at most %d reply rules and there are %d; leave some out."
                    .formatted(limits.replyRules(), written.size());
            refuse("count", "reply_control", message, limits.replyRules(), written.size(), "rules");
        }
        written.stream()
                .filter(rule -> !REPLY_RULES.contains(rule))
                .forEach(rule -> notAChoice("reply_control", rule, REPLY_RULES));
        return Arrays.stream(ReplyRule.values())
                .filter(rule -> written.contains(rule.wireName()))
                .toList();
    }

    private List<String> labels() {
        var labels = strings("labels", "a list of " + String.join(", ", BlueskySettings.LABELS));
        labels.stream()
                .filter(label -> !BlueskySettings.LABELS.contains(label))
                .forEach(label -> notAChoice("labels", label, BlueskySettings.LABELS));
        return labels.stream().distinct().toList();
    }

    private boolean quotesAllowed() {
        return switch (settings.get("quotes")) {
            case null -> true;
            case Boolean allowed -> allowed;
            default -> {
                wrongType("quotes", "true or false");
                yield true;
            }
        };
    }

    private List<String> strings(String name, String expected) {
        var value = settings.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            wrongType(name, expected);
            return List.of();
        }
        return list.stream().map(String.class::cast).toList();
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

    private void notAChoice(String name, @Nullable Object written, List<String> choices) {
        var guess = Names.nearest(String.valueOf(written), choices)
                .map("; did you mean '%s'?"::formatted)
                .orElse("; choose from " + String.join(", ", choices) + ".");
        refuse(
                "value",
                name,
                "'%s' is not a value of %s%s".formatted(written, name, guess),
                choices.size(),
                1,
                "values");
    }

    private void wrongType(String name, String expected) {
        refuse("type", name, "%s must be %s.".formatted(name, expected), 0, 1, "values");
    }

    private void refuse(String rule, String name, String message, long limit, long actual, String unit) {
        var pointer = "/settings/" + name.replace("~", "~0").replace("/", "~1");
        violations.add(new RuleViolation("bluesky.settings." + rule, pointer, message, limit, actual, unit));
    }
}
