package dev.carillon.connectors.rules;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting that a platform has for a target.
 *
 * @param type the values that it accepts
 * @param needed when the setting is required; null for never
 */
record Setting(String name, Type type, @Nullable Need needed) {

    /** Reads a setting and records every violation in it. */
    @FunctionalInterface
    interface Type {
        void read(TargetSettings settings, String name);
    }

    /**
     * When a setting is required.
     *
     * @param with the setting that it depends on; null for always
     * @param value the value of that setting
     */
    record Need(@Nullable String with, String value) {
        boolean exists(TargetSettings settings) {
            return with == null || value.equals(settings.value(with));
        }

        String words() {
            return with == null ? "" : " if %s is '%s'".formatted(with, value);
        }
    }

    static Setting text(String name, TextLimit... limits) {
        return of(name, (settings, own) -> settings.text(own)
                .ifPresent(text -> List.of(limits).forEach(limit -> settings.limit(limit, own, List.of(text)))));
    }

    /**
     * A text that matches a pattern.
     *
     * @param expected what the text must be, as it follows "must be"
     */
    static Setting form(String name, String expected, Pattern form) {
        return of(name, (settings, own) -> settings.text(own)
                .filter(text -> !form.matcher(text).matches())
                .ifPresent(text ->
                        settings.refuse("value", own, "%s must be %s.".formatted(own, expected), 0, 1, "values")));
    }

    static Setting flag(String name) {
        return of(name, TargetSettings::flag);
    }

    static Setting choice(String name, String... values) {
        return of(name, (settings, own) -> settings.choice(own, List.of(values)));
    }

    static Setting whole(String name, long least, long most) {
        return of(name, (settings, own) -> settings.whole(own, least, most));
    }

    static Setting ids(String name) {
        return of(name, TargetSettings::ids);
    }

    /** A list of at most this many texts. */
    static Setting texts(String name, int most) {
        return of(name, (settings, own) -> {
            int actual = settings.texts(own, "a list of strings").size();
            if (actual > most) {
                var message = "%s has %d entries; at most %d are allowed. Remove %d."
                        .formatted(own, actual, most, actual - most);
                settings.refuse("count", own, message, most, actual, "entries");
            }
        });
    }

    /** A list of texts with a limit on their total. */
    static Setting texts(String name, TextLimit limit) {
        return of(name, (settings, own) -> settings.limit(limit, own, settings.texts(own, "a list of strings")));
    }

    Setting alwaysNeeded() {
        return new Setting(name, type, new Need(null, ""));
    }

    Setting neededWhere(String other, String value) {
        return new Setting(name, type, new Need(other, value));
    }

    /** Reads the setting, and records a violation if it is required and missing. */
    void check(TargetSettings settings, PlatformName platform) {
        type.read(settings, name);
        if (needed != null && needed.exists(settings) && isMissing(settings.value(name))) {
            var message = "%s requires the setting %s%s. Add it.".formatted(platform.written(), name, needed.words());
            settings.refuse("missing", name, message, 1, 0, "settings");
        }
    }

    private static boolean isMissing(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isBlank());
    }

    private static Setting of(String name, Type type) {
        return new Setting(name, type, null);
    }
}
