package dev.carillon.api.input;

import dev.carillon.api.input.Containers.FreeMap;
import dev.carillon.api.input.Containers.ObjectList;
import dev.carillon.api.input.Containers.OneObject;
import dev.carillon.api.input.Containers.TextList;
import dev.carillon.api.input.Containers.TextMap;
import dev.carillon.api.input.Scalars.Decimal;
import dev.carillon.api.input.Scalars.IdText;
import dev.carillon.api.input.Scalars.Text;
import dev.carillon.api.input.Scalars.Time;
import dev.carillon.api.input.Scalars.Truth;
import dev.carillon.api.input.Scalars.Whole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A field of a request, and bodies that have a value in it. */
record SampleField(SampleObject object, Field field) {
    private static final UUID ID = UUID.fromString("0190a0a0-0000-7000-8000-000000000000");

    Class<?> type() {
        return object.type();
    }

    String name() {
        return field.name();
    }

    String pointer() {
        return object.pointer() + "/" + name();
    }

    boolean mayBeAbsent() {
        return field.optional()
                || switch (field.binder()) {
                    case Text text -> text.least() == 0;
                    case TextList list -> list.size().least() == 0;
                    case ObjectList list -> list.size().least() == 0;
                    default -> false;
                };
    }

    /** The body with a valid value in the field. */
    Map<String, @Nullable Object> valid() {
        return with(valueFor(field.binder()));
    }

    /** The body with this value in the field, right or wrong. */
    Map<String, @Nullable Object> with(@Nullable Object value) {
        var fields = required(object.shape());
        fields.put(name(), value);
        return object.inBody().apply(fields);
    }

    /** The valid body with another name for the field. */
    Map<String, @Nullable Object> misspelled() {
        var fields = required(object.shape());
        fields.remove(name());
        fields.put(name() + "x", valueFor(field.binder()));
        return object.inBody().apply(fields);
    }

    Map<String, @Nullable Object> without() {
        var fields = required(object.shape());
        fields.remove(name());
        return object.inBody().apply(fields);
    }

    /** A valid object with nothing but what is required. */
    static Map<String, @Nullable Object> required(Shape<?> shape) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        shape.fields().stream()
                .filter(field -> !field.optional())
                .forEach(field -> fields.put(field.name(), valueFor(field.binder())));
        return fields;
    }

    private static Object valueFor(Binder binder) {
        return switch (binder) {
            case Text text -> text.example();
            case IdText id -> id.kind().write(ID);
            case Time _ -> Times.EXAMPLE;
            case Whole number -> number.least();
            case Decimal number -> number.least();
            case Truth _ -> true;
            case TextList list -> List.of(list.ids() == null ? list.example() : valueFor(list.ids()));
            case ObjectList list -> List.of(required(list.shape()));
            case OneObject object -> required(object.shape());
            case TextMap _ -> Map.of("key", "value");
            case FreeMap _ -> Map.of("key", 1L);
            case Choice choice -> choice.words().keySet().iterator().next();
            default -> throw new IllegalArgumentException("no value for " + binder);
        };
    }

    @Override
    public String toString() {
        return type().getSimpleName() + " " + pointer();
    }
}
