package dev.carillon.connectors.rules;

import dev.carillon.core.platform.RuleViolation;
import java.util.List;
import java.util.Optional;

/**
 * The most that a text or a setting may hold.
 *
 * @param alsoCounted settings that count together with the post's text
 */
record TextLimit(TextUnit unit, int most, List<String> alsoCounted) {
    TextLimit {
        alsoCounted = List.copyOf(alsoCounted);
    }

    static TextLimit of(int most, TextUnit unit) {
        return new TextLimit(unit, most, List.of());
    }

    TextLimit with(String setting) {
        return new TextLimit(unit, most, List.of(setting));
    }

    /**
     * The violation, if the limit is exceeded.
     *
     * @param group the prefix of the rule's name: {@code text}, {@code settings}
     * @param what the subject of the message, with its verb
     * @param parts the texts that count together
     */
    Optional<RuleViolation> check(
            PlatformName platform, String group, String pointer, String what, List<String> parts) {
        int actual = unit.count(parts);
        return actual <= most
                ? Optional.empty()
                : Optional.of(platform.broken(
                        group + "." + unit.unit(),
                        pointer,
                        unit.tooMuch(what, platform, most, actual),
                        most,
                        actual,
                        unit.unit()));
    }
}
