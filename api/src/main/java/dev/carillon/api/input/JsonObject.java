package dev.carillon.api.input;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.IdKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An object in a request's body, read field by field. Invalid fields are refused with a pointer to the field. Null counts as absent. */
public final class JsonObject {
    private static final int LONGEST_TIME = 100;
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_WORD = 100;
    private static final String EXAMPLE = "Hello";

    private final String pointer;
    private final Map<String, @Nullable Object> fields;

    JsonObject(String pointer, Map<String, @Nullable Object> fields) {
        this.pointer = pointer;
        this.fields = fields;
    }

    /**
     * Returns only if every field is known.
     *
     * @param later fields that the product has and this version does not; they are accepted while they request nothing
     * @throws ApiException {@code unknown_parameter}, with the name that was probably meant
     */
    public JsonObject only(Set<String> known, Set<String> later) {
        for (var field : fields.entrySet()) {
            if (later.contains(field.getKey())) {
                refuseUnlessIdle(field.getKey(), field.getValue());
            } else if (!known.contains(field.getKey())) {
                throw unknown(field.getKey(), known);
            }
        }
        return this;
    }

    public JsonObject only(Set<String> known) {
        return only(known, Set.of());
    }

    private void refuseUnlessIdle(String name, @Nullable Object value) {
        boolean idle = value == null || value.equals(false) || value.equals(0L) || value.equals(List.of());
        if (!idle) {
            throw notYet(name);
        }
    }

    /** The refusal for a feature that the product has and this version does not. */
    public ApiException notYet(String name) {
        return ErrorCode.UNKNOWN_PARAMETER.at(pointerTo(name), "%s is not available yet; remove it.".formatted(name));
    }

    private ApiException unknown(String name, Set<String> known) {
        var hint = SafeQuote.guess(name, known)
                .orElseGet(() -> known.isEmpty()
                        ? "No fields are allowed here; remove it."
                        : "The fields are %s.".formatted(known.stream().sorted().collect(Collectors.joining(", "))));
        return ErrorCode.UNKNOWN_PARAMETER.at(
                pointerTo(name), "There is no field %s here. %s".formatted(SafeQuote.of(name), hint));
    }

    /** Whether the field was sent, even as null; for changes in which null removes something. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    public @Nullable Object value(String name) {
        return fields.get(name);
    }

    /**
     * The field's text, which must be present and not empty.
     *
     * @param example a valid value, for the error message
     */
    public String requiredText(String name, int longest, String example) {
        var text = text(name, longest, example);
        if (text == null || text.isEmpty()) {
            throw invalid(
                    name,
                    "%s is required and must not be empty; send a string, such as \"%s\".".formatted(name, example));
        }
        return text;
    }

    /**
     * The field's text; null if absent.
     *
     * @param longest in UTF-16 units, as {@code String.length} counts them
     */
    public @Nullable String text(String name, int longest) {
        return text(name, longest, EXAMPLE);
    }

    /**
     * The field's text; null if absent.
     *
     * @param longest in UTF-16 units, as {@code String.length} counts them
     * @param example a valid value, for the error message
     */
    public @Nullable String text(String name, int longest, String example) {
        var value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw wrongType(name, "a string, such as \"%s\"".formatted(example), value);
        }
        if (text.length() > longest) {
            throw invalid(
                    name, "%s has %d characters; at most %d are allowed.".formatted(name, text.length(), longest));
        }
        return text;
    }

    /** The field's id, of this kind; null if absent. */
    public <T extends Id> @Nullable T id(String name, IdKind<T> kind) {
        var example = exampleOf(kind);
        var text = text(name, LONGEST_ID, example);
        return text == null
                ? null
                : kind.read(text)
                        .orElseThrow(() -> invalid(name, "%s must be an id such as %s.".formatted(name, example)));
    }

    /** A required enum value, by its name in the API. */
    public <E extends Enum<E>> E requiredOneOf(String name, E[] values, Function<E, String> wireName) {
        var word = requiredText(name, LONGEST_WORD, wireName.apply(values[0]));
        return Arrays.stream(values)
                .filter(each -> wireName.apply(each).equals(word))
                .findFirst()
                .orElseThrow(() -> invalid(
                        name,
                        "%s must be one of %s."
                                .formatted(
                                        name,
                                        Arrays.stream(values).map(wireName).collect(Collectors.joining(", ")))));
    }

    /** The field's ids, all of this kind; empty if absent. */
    public <T extends Id> Set<T> ids(String name, IdKind<T> kind) {
        var found = new LinkedHashSet<T>();
        var example = exampleOf(kind);
        var texts = texts(name, example);
        for (var text : texts) {
            found.add(kind.read(text)
                    .orElseThrow(() -> ErrorCode.INVALID_PARAMETER.at(
                            "%s/%d".formatted(pointerTo(name), texts.indexOf(text)),
                            "%s must contain ids such as %s.".formatted(name, example))));
        }
        return found;
    }

    /** The field's time, which is required. */
    public Instant requiredTime(String name) {
        var time = time(name);
        if (time == null) {
            throw invalid(name, "%s is required; send a time, such as \"%s\".".formatted(name, Times.EXAMPLE));
        }
        return time;
    }

    /** The field's time; null if absent. */
    public @Nullable Instant time(String name) {
        var text = text(name, LONGEST_TIME, Times.EXAMPLE);
        if (text == null) {
            return null;
        }
        return Times.read(text).orElseThrow(() -> invalid(name, Times.EXPECTED.formatted(name)));
    }

    /** Null if absent. */
    public @Nullable Integer whole(String name, int smallest, int largest) {
        return switch (fields.get(name)) {
            case null -> null;
            case Long number when number >= smallest && number <= largest -> number.intValue();
            case Object value ->
                throw invalid(
                        name,
                        "%s must be a whole number between %d and %d; you sent %s."
                                .formatted(name, smallest, largest, value instanceof Number ? value : kindOf(value)));
        };
    }

    /** False if absent. */
    public boolean truth(String name) {
        return switch (fields.get(name)) {
            case null -> false;
            case Boolean truth -> truth;
            case Object value -> throw wrongType(name, "true or false", value);
        };
    }

    /**
     * Null if absent.
     *
     * @param example a valid object, for the error message
     */
    public @Nullable JsonObject object(String name, String example) {
        var value = fields.get(name);
        return value == null ? null : object(name, name, value, example);
    }

    private JsonObject object(String path, String shown, @Nullable Object value, String example) {
        if (!(value instanceof Map<?, ?> map)) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    pointer + "/" + path,
                    "%s must be an object, such as %s; you sent %s.".formatted(shown, example, kindOf(value)));
        }
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, inner) -> copy.put((String) name, inner));
        return new JsonObject(pointer + "/" + path, copy);
    }

    /**
     * Empty if absent.
     *
     * @param example a valid object, for the error message
     */
    public List<JsonObject> objects(String name, String example) {
        var value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrongType(name, "an array of objects, such as [%s]".formatted(example), value);
        }
        var found = new ArrayList<JsonObject>();
        for (int i = 0; i < list.size(); i++) {
            found.add(object(name + "/" + i, "%s[%d]".formatted(name, i), list.get(i), example));
        }
        return found;
    }

    /**
     * Empty if absent.
     *
     * @param example a valid entry, for the error message
     */
    public List<String> texts(String name, String example) {
        return switch (fields.get(name)) {
            case null -> List.of();
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                list.stream().map(String.class::cast).toList();
            default ->
                throw invalid(name, "%s must be an array of strings, such as [\"%s\"].".formatted(name, example));
        };
    }

    public Stream<String> names() {
        return fields.keySet().stream();
    }

    /** The fields that are not null. */
    public Map<String, Object> present() {
        var present = new LinkedHashMap<String, Object>();
        fields.forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        return present;
    }

    private static String exampleOf(IdKind<?> kind) {
        return kind.prefix() + "_...";
    }

    private ApiException wrongType(String name, String expected, Object value) {
        return invalid(name, "%s must be %s; you sent %s.".formatted(name, expected, kindOf(value)));
    }

    /** The JSON type of a value, in words. */
    private static String kindOf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String _ -> "a string";
            case Boolean _ -> "a boolean";
            case List<?> _ -> "an array";
            case Map<?, ?> _ -> "an object";
            default -> "a number";
        };
    }

    public ApiException invalid(String name, String detail) {
        return ErrorCode.INVALID_PARAMETER.at(pointerTo(name), detail);
    }

    /** A JSON pointer (RFC 6901) from the body's root. */
    public String pointerTo(String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
