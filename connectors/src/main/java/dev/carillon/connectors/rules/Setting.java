package dev.carillon.connectors.rules;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a target that a platform has.
 *
 * @param type what it may be
 * @param needed when the platform takes no post without it; null for never
 */
record Setting(String name, Type type, @Nullable Need needed) {

    /** Reads a setting, so that everything is noted that is wrong with it. */
    @FunctionalInterface
    interface Type {
        void read(TargetSettings settings, String name);
    }

    /**
     * When a setting has to be there.
     *
     * @param with the setting that it goes with; null for always
     * @param value of that one
     */
    record Need(@Nullable String with, String value) {
        boolean exists(TargetSettings settings) {
            return with == null || value.equals(settings.value(with));
        }

        String words() {
            return with == null ? "" : " where %s is '%s'".formatted(with, value);
        }
    }

    static Setting text(String name, TextLimit... limits) {
        return of(name, (settings, own) -> settings.text(own)
                .ifPresent(text -> List.of(limits).forEach(limit -> settings.limit(limit, own, List.of(text)))));
    }

    /**
     * A text of this form.
     *
     * @param expected says what it has to be, after "must be"
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

    /** At most so many texts. */
    static Setting texts(String name, int most) {
        return of(name, (settings, own) -> {
            int actual = settings.texts(own, "a list of texts").size();
            if (actual > most) {
                var message = "%s has %d entries and at most %d are taken; leave %d out."
                        .formatted(own, actual, most, actual - most);
                settings.refuse("count", own, message, most, actual, "entries");
            }
        });
    }

    /** Texts that have a limit together. */
    static Setting texts(String name, TextLimit limit) {
        return of(name, (settings, own) -> settings.limit(limit, own, settings.texts(own, "a list of texts")));
    }

    Setting alwaysNeeded() {
        return new Setting(name, type, new Need(null, ""));
    }

    Setting neededWhere(String other, String value) {
        return new Setting(name, type, new Need(other, value));
    }

    /** Reads it, and notes its absence where it is needed. */
    void check(TargetSettings settings, PlatformName platform) {
        type.read(settings, name);
        if (needed != null && needed.exists(settings) && isMissing(settings.value(name))) {
            var message = "%s takes no post without the setting %s%s; add it."
                    .formatted(platform.written(), name, needed.words());
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
