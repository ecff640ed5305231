package dev.carillon.api.input;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words of enums in requests. A constant without a {@code JsonProperty} is called by its name in lower case. */
public final class Words {
    private Words() {}

    /**
     * The constant that is called by this word.
     *
     * @param word a field that is read as this enum, see {@link ReadAs}
     */
    public static <E extends Enum<E>> E named(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> wordOf(constant).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no %s is called %s".formatted(type.getSimpleName(), word)));
    }

    /** The constants of an enum by their words, in their order. */
    static Map<String, Enum<?>> of(Class<?> type) {
        var words = new LinkedHashMap<String, Enum<?>>();
        for (var constant : type.getEnumConstants()) {
            var named = (Enum<?>) constant;
            words.put(wordOf(named), named);
        }
        return words;
    }

    private static String wordOf(Enum<?> constant) {
        try {
            var given = constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return given == null ? constant.name().toLowerCase(Locale.ROOT) : given.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
