package dev.carillon.core.kernel;

import java.util.Locale;

/** A setting makes no sense, and the process does not start with it. The message names its key and how to mend it; it is written for the operator. */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong.
     *
     * @param key as {@code application.yml} has it
     * @param problem goes on after the key, and says what it takes
     */
    public InvalidSetting(String key, String problem) {
        super("%s %s In the environment it is %s."
                .formatted(
                        key,
                        problem,
                        key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')));
    }
}
