package dev.carillon.api.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A word of one or more enums, or an object in its place.
 *
 * @param words the constants by their words
 * @param object the shape of the object; null if only words are allowed
 * @param later words that the product has and this version does not
 * @param asText whether a word stays a string
 */
record Choice(Map<String, Enum<?>> words, @Nullable Shape<?> object, Set<String> later, boolean asText)
        implements Binder {
    private static final int MOST_QUOTED = 3;

    /**
     * Reads what the types of a field allow.
     *
     * @param types enums, and up to one record
     */
    static Choice of(List<Class<?>> types, Set<String> later, boolean asText) {
        var words = new LinkedHashMap<String, Enum<?>>();
        Shape<?> object = null;
        for (var type : types) {
            if (type.isEnum()) {
                words.putAll(Words.of(type));
            } else {
                object = Shape.of(type);
            }
        }
        return new Choice(words, object, later, asText);
    }

    @Override
    public String expected() {
        if (object == null && words.size() > MOST_QUOTED) {
            return "one of " + String.join(", ", words.keySet());
        }
        var allowed = new ArrayList<String>();
        words.keySet().forEach(word -> allowed.add("\"%s\"".formatted(word)));
        if (object != null) {
            allowed.add("an object such as " + object.example());
        }
        int last = allowed.size() - 1;
        return last == 0
                ? allowed.getFirst()
                : String.join(", ", allowed.subList(0, last)) + " or " + allowed.getLast();
    }

    @Override
    public @Nullable Object bind(Place place, Object sent, Findings findings) {
        if (sent instanceof String word) {
            return word(place, word, findings);
        }
        return object != null && sent instanceof Map<?, ?> fields
                ? object.bind(place, JsonBody.fields(fields), findings)
                : findings.wrongType(place, expected(), sent);
    }

    private @Nullable Object word(Place place, String word, Findings findings) {
        var constant = words.get(word);
        if (constant != null) {
            return asText ? word : constant;
        }
        return later.contains(word)
                ? findings.unknown(
                        place, "%s \"%s\" is not available yet; send %s.".formatted(place.shown(), word, expected()))
                : findings.invalid(place, "%s must be %s.".formatted(place.shown(), expected()));
    }
}
