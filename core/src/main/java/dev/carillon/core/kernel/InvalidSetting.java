package dev.carillon.core.kernel;

import java.util.Locale;

/**
 * A setting is invalid, and the process does not start. The message names its key and how to correct it; it is written
 * for the operator.
 */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong.
     *
     * @param key as in {@code application.yml}
     * @param problem continues the sentence after the key, and says which values are valid
     */
    public InvalidSetting(String key, String problem) {
        super("%s %s The environment variable is %s."
                .formatted(
                        key,
                        problem,
                        key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_')));
    }
}
