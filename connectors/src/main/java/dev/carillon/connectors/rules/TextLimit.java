package dev.carillon.connectors.rules;

import dev.carillon.core.platform.RuleViolation;
import java.util.List;
import java.util.Optional;

/**
 * How much of something may be said.
 *
 * @param alsoCounted settings that count together with the text of the post
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
     * The violation, if there is too much.
     *
     * @param group under which the rule is named: {@code text}, {@code settings}
     * @param what it is that has too much, with its verb
     * @param parts that count together
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
