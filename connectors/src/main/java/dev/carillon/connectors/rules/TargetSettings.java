package dev.carillon.connectors.rules;

import dev.carillon.core.kernel.Names;
import dev.carillon.core.platform.RuleViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a target, read one by one. A value that cannot be used is recorded as a violation and treated as
 * absent.
 */
public final class TargetSettings {
    private final PlatformName platform;
    private final Map<String, Object> settings;
    private final List<RuleViolation> violations = new ArrayList<>();

    /**
     * Records a violation for every setting that the platform does not have.
     *
     * @param known the names of the settings that it has
     */
    public TargetSettings(PlatformName platform, Map<String, Object> settings, Collection<String> known) {
        this.platform = platform;
        this.settings = settings;
        new TreeSet<>(settings.keySet())
                .stream().filter(name -> !known.contains(name)).forEach(name -> unknown(name, known));
    }

    /** All violations recorded so far. */
    public List<RuleViolation> violations() {
        return List.copyOf(violations);
    }

    public boolean has(String name) {
        return settings.get(name) != null;
    }

    /** The value as it was sent. */
    public @Nullable Object value(String name) {
        return settings.get(name);
    }

    public Optional<String> text(String name) {
        return switch (settings.get(name)) {
            case null -> Optional.empty();
            case String text when Texts.isWellFormed(text) -> Optional.of(text);
            default -> {
                wrongType(name, "a string of well-formed Unicode");
                yield Optional.empty();
            }
        };
    }

    public Optional<Boolean> flag(String name) {
        return switch (settings.get(name)) {
            case null -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            default -> {
                wrongType(name, "true or false");
                yield Optional.empty();
            }
        };
    }

    public OptionalLong whole(String name, long least, long most) {
        return switch (settings.get(name)) {
            case null -> OptionalLong.empty();
            case Number number
            when isWhole(number) && number.longValue() >= least && number.longValue() <= most ->
                OptionalLong.of(number.longValue());
            default -> {
                wrongType(name, "a whole number from %d to %d".formatted(least, most));
                yield OptionalLong.empty();
            }
        };
    }

    /** A value out of {@code choices}. */
    public Optional<String> choice(String name, List<String> choices) {
        var value = settings.get(name);
        if (value instanceof String word && choices.contains(word)) {
            return Optional.of(word);
        }
        if (value != null) {
            notAChoice(name, value, choices);
        }
        return Optional.empty();
    }

    /** A list of texts; empty if absent. */
    public List<String> texts(String name, String expected) {
        var value = settings.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(TargetSettings::isText)) {
            wrongType(name, expected);
            return List.of();
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** A list of integer ids; empty if absent. */
    public List<Long> ids(String name) {
        var value = settings.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)
                || !list.stream().allMatch(id -> id instanceof Number number && isWhole(number))) {
            wrongType(name, "a list of whole numbers");
            return List.of();
        }
        return list.stream().map(id -> ((Number) id).longValue()).toList();
    }

    public void notAChoice(String name, @Nullable Object written, List<String> choices) {
        var guess = Names.nearest(String.valueOf(written), choices)
                .map("; did you mean '%s'?"::formatted)
                .orElse("; choose from " + String.join(", ", choices) + ".");
        refuse(
                "value",
                name,
                "'%s' is not a valid value for %s%s".formatted(written, name, guess),
                choices.size(),
                1,
                "values");
    }

    public void wrongType(String name, String expected) {
        refuse("type", name, "%s must be %s.".formatted(name, expected), 0, 1, "values");
    }

    /** Records any other violation; {@code rule} is the rule's name without the platform prefix. */
    public void refuse(String rule, String name, String message, long limit, long actual, String unit) {
        violations.add(platform.broken("settings." + rule, pointer(name), message, limit, actual, unit));
    }

    /** Records a violation if the texts exceed the limit. */
    void limit(TextLimit limit, String name, List<String> texts) {
        limit.check(platform, "settings", pointer(name), name + " has", texts).ifPresent(violations::add);
    }

    private void unknown(String name, Collection<String> known) {
        var guess = Names.nearest(name, known)
                .map("did you mean '%s'?"::formatted)
                .orElse("the settings are " + String.join(", ", known) + ".");
        var message = "%s has no setting '%s'; %s".formatted(platform.written(), name, guess);
        refuse("unknown", name, message, known.size(), 1, "settings");
    }

    private static boolean isText(@Nullable Object value) {
        return value instanceof String text && Texts.isWellFormed(text);
    }

    private static boolean isWhole(Number number) {
        return number.doubleValue() == number.longValue();
    }

    private static String pointer(String name) {
        return "/settings/" + name.replace("~", "~0").replace("/", "~1");
    }
}
