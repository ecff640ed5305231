package dev.carillon.api.input;

import dev.carillon.api.input.Containers.ObjectList;
import dev.carillon.api.input.Containers.OneObject;
import io.micronaut.core.beans.BeanIntrospector;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object in a body of a request: the body itself, or an object within it.
 *
 * @param type of the request
 * @param pointer to the object; empty for the body
 * @param inBody the whole body with these fields of the object; all else in it is valid
 */
record SampleObject(
        Class<?> type,
        String pointer,
        Shape<?> shape,
        Function<Map<String, @Nullable Object>, Map<String, @Nullable Object>> inBody) {

    /** The records of all requests. */
    static List<Class<?>> requests() {
        return List.copyOf(BeanIntrospector.SHARED.findIntrospectedTypes(
                reference -> reference.getName().matches("dev[.]carillon[.]api[.].*Request")));
    }

    static Class<?> request(String simpleName) {
        return requests().stream()
                .filter(type -> type.getSimpleName().equals(simpleName))
                .findFirst()
                .orElseThrow();
    }

    /** All objects of all requests. */
    static Stream<SampleObject> all() {
        return requests().stream()
                .map(type -> new SampleObject(type, "", Shape.of(type), body -> body))
                .flatMap(SampleObject::withInner);
    }

    private Stream<SampleObject> withInner() {
        return Stream.concat(
                Stream.of(this), shape.fields().stream().flatMap(this::inner).flatMap(SampleObject::withInner));
    }

    private Stream<SampleObject> inner(Field field) {
        return switch (field.binder()) {
            case ObjectList(var most, var entry) -> Stream.of(inner(field, "/0", entry, List::of));
            case OneObject(var object) -> Stream.of(inner(field, "", object, fields -> fields));
            case Choice(var words, var object, var also, var other) ->
                Stream.ofNullable(object).map(shape -> inner(field, "", shape, fields -> fields));
            default -> Stream.of();
        };
    }

    private SampleObject inner(
            Field field, String place, Shape<?> inner, Function<Map<String, @Nullable Object>, Object> value) {
        return new SampleObject(type, pointer + "/" + field.name() + place, inner, fields -> {
            var own = SampleField.required(shape);
            own.put(field.name(), value.apply(fields));
            return inBody.apply(own);
        });
    }
}
