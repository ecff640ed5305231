package dev.carillon.api.input;

import dev.carillon.api.input.Containers.ObjectList;
import io.micronaut.core.beans.BeanIntrospection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How an object in a body becomes a record.
 *
 * @param introspection of the record, made when it is compiled
 * @param fields one for each component, in the same order
 * @param names of the fields
 * @param later fields that the product has and this version does not; they are accepted while they request nothing
 * @param example a valid object, for error messages
 */
record Shape<T>(
        BeanIntrospection<T> introspection, List<Field> fields, Set<String> names, Set<String> later, String example) {
    private static final ClassValue<Shape<?>> SHAPES = new ClassValue<>() {
        @Override
        protected Shape<?> computeValue(Class<?> type) {
            return read(type);
        }
    };

    /** The shape of a record, which must be {@code @Wire}. */
    @SuppressWarnings("unchecked") // Each class has a shape of its own type.
    static <T> Shape<T> of(Class<T> type) {
        return (Shape<T>) SHAPES.get(type);
    }

    private static <T> Shape<T> read(Class<T> type) {
        var introspection = BeanIntrospection.getIntrospection(type);
        var fields = Arrays.stream(introspection.getConstructorArguments())
                .map(Field::of)
                .toList();
        return new Shape<>(
                introspection,
                fields,
                fields.stream().map(Field::name).collect(Collectors.toUnmodifiableSet()),
                Set.of(introspection.stringValues(NotYet.class)),
                introspection.stringValue(Example.class).orElse("{}"));
    }

    @Nullable
    T bind(Place place, Map<String, @Nullable Object> sent, Findings findings) {
        return bind(place, sent, findings, Set.of());
    }

    /**
     * The record.
     *
     * @param apart the names of lists that are read in another way; they are empty in the record
     * @return null if something is wrong; it is then among the findings
     */
    @Nullable
    T bind(Place place, Map<String, @Nullable Object> sent, Findings findings, Set<String> apart) {
        int before = findings.count();
        checkNames(place, sent, findings);
        var values = new @Nullable Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            var field = fields.get(i);
            values[i] = apart.contains(field.name()) ? List.of() : field.bind(place, sent.get(field.name()), findings);
        }
        return findings.count() == before ? introspection.instantiate(false, values) : null;
    }

    /**
     * A list of objects.
     *
     * @param name of its field
     */
    record ListField(String name, ObjectList list) {}

    /** The field that is a list of these records. */
    ListField listOf(Class<?> entryType) {
        for (var field : fields) {
            if (field.binder() instanceof ObjectList list
                    && list.shape().introspection().getBeanType() == entryType) {
                return new ListField(field.name(), list);
            }
        }
        throw new IllegalArgumentException("no list of " + entryType.getSimpleName());
    }

    private void checkNames(Place place, Map<String, @Nullable Object> sent, Findings findings) {
        sent.forEach((name, value) -> {
            if (later.contains(name)) {
                refuseUnlessIdle(place.field(name), value, findings);
            } else if (!names.contains(name)) {
                refuseUnknown(place, name, names, findings);
            }
        });
    }

    private static void refuseUnlessIdle(Place place, @Nullable Object value, Findings findings) {
        boolean idle = value == null || value.equals(false) || value.equals(0L) || value.equals(List.of());
        if (!idle) {
            findings.unknown(place, "%s is not available yet; remove it.".formatted(place.shown()));
        }
    }

    /** Adds that an object has a field that does not exist, with the name that was probably meant. */
    static void refuseUnknown(Place place, String name, Set<String> known, Findings findings) {
        var hint = SafeQuote.guess(name, known)
                .orElseGet(() -> known.isEmpty()
                        ? "No fields are allowed here; remove it."
                        : "The fields are %s.".formatted(known.stream().sorted().collect(Collectors.joining(", "))));
        findings.unknown(place.field(name), "There is no field %s here. %s".formatted(SafeQuote.of(name), hint));
    }
}
