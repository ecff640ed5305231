package dev.carillon.api.input;

import dev.carillon.api.input.Scalars.IdText;
import dev.carillon.api.input.Scalars.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How arrays and objects are read. */
final class Containers {
    private Containers() {}

    /** The number of entries that an array may have. */
    record Size(long least, long most) {
        boolean fits(Place place, List<?> entries, Findings findings) {
            int size = entries.size();
            if (size >= least && size <= most) {
                return true;
            }
            findings.invalid(
                    place,
                    least == 0
                            ? "%s has %d entries; at most %d are allowed.".formatted(place.shown(), size, most)
                            : "%s has %d entries; send between %d and %d.".formatted(place.shown(), size, least, most));
            return false;
        }
    }

    /**
     * An array of strings.
     *
     * @param ids what each string must be; null for any string
     */
    record TextList(Size size, String example, @Nullable IdText ids) implements Binder {
        @Override
        public String expected() {
            return "an array of strings, such as [\"%s\"]".formatted(example);
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            if (!(sent instanceof List<?> list)) {
                return findings.wrongType(place, expected(), sent);
            }
            if (!list.stream().allMatch(String.class::isInstance)) {
                return findings.invalid(place, "%s must be %s.".formatted(place.shown(), expected()));
            }
            var texts = list.stream().map(String.class::cast).toList();
            if (size.fits(place, texts, findings) && ids != null) {
                check(place, texts, ids, findings);
            }
            return texts;
        }

        private static void check(Place place, List<String> texts, IdText ids, Findings findings) {
            for (int i = 0; i < texts.size(); i++) {
                ids.bind(place.entry(i), texts.get(i), findings);
            }
        }

        @Override
        public @Nullable Object absent(Place place, Findings findings) {
            return bind(place, List.of(), findings);
        }
    }

    /** An array of objects of one shape. */
    record ObjectList(Size size, Shape<?> shape) implements Binder {
        @Override
        public String expected() {
            return "an array of objects, such as [%s]".formatted(shape.example());
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            var bound = new ArrayList<@Nullable Object>();
            var entries = entries(place, sent, findings);
            for (int i = 0; i < entries.size(); i++) {
                var entry = place.entry(i);
                var object = object(entry, entries.get(i), shape, findings);
                bound.add(object == null ? null : shape.bind(entry, object, findings));
            }
            return Collections.unmodifiableList(bound);
        }

        @Override
        public @Nullable Object absent(Place place, Findings findings) {
            return bind(place, List.of(), findings);
        }

        /** The fields of each object, not yet read. Entries that are no objects are among the findings, as is a value that is no array. */
        List<Map<String, @Nullable Object>> objects(Place place, Object sent, Findings findings) {
            var objects = new ArrayList<Map<String, @Nullable Object>>();
            var entries = entries(place, sent, findings);
            for (int i = 0; i < entries.size(); i++) {
                var object = object(place.entry(i), entries.get(i), shape, findings);
                if (object != null) {
                    objects.add(object);
                }
            }
            return objects;
        }

        private List<?> entries(Place place, Object sent, Findings findings) {
            if (sent instanceof List<?> list) {
                return size.fits(place, list, findings) ? list : List.of();
            }
            findings.wrongType(place, expected(), sent);
            return List.of();
        }
    }

    /** An object. */
    record OneObject(Shape<?> shape) implements Binder {
        @Override
        public String expected() {
            return "an object, such as " + shape.example();
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            var object = object(place, sent, shape, findings);
            return object == null ? null : shape.bind(place, object, findings);
        }
    }

    /** The fields of an object; null if the value is none, which is then among the findings. */
    static @Nullable Map<String, @Nullable Object> object(
            Place place, @Nullable Object sent, Shape<?> shape, Findings findings) {
        if (sent instanceof Map<?, ?> fields) {
            return JsonBody.fields(fields);
        }
        findings.wrongType(place, "an object, such as " + shape.example(), sent);
        return null;
    }

    /**
     * An object with strings under any names.
     *
     * @param example a valid object
     */
    record TextMap(Text text, String example) implements Binder {
        @Override
        public String expected() {
            return "an object, such as " + example;
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            if (!(sent instanceof Map<?, ?> map)) {
                return findings.wrongType(place, expected(), sent);
            }
            var texts = new LinkedHashMap<String, String>();
            JsonBody.fields(map).forEach((name, value) -> {
                if (value == null) {
                    refuseUnlessEmptyIsAllowed(place.field(name), findings);
                } else if (text.bind(place.field(name), value, findings) instanceof String read) {
                    texts.put(name, read);
                }
            });
            return Collections.unmodifiableMap(texts);
        }

        private void refuseUnlessEmptyIsAllowed(Place place, Findings findings) {
            if (text.least() > 0) {
                findings.wrongType(place, text.expected(), null);
            }
        }
    }

    /**
     * An object with any values under any names; what is null is left out.
     *
     * @param example a valid object
     */
    record FreeMap(String example) implements Binder {
        @Override
        public String expected() {
            return "an object, such as " + example;
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            if (!(sent instanceof Map<?, ?> map)) {
                return findings.wrongType(place, expected(), sent);
            }
            var values = new LinkedHashMap<String, Object>();
            JsonBody.fields(map).forEach((name, value) -> {
                if (value != null) {
                    values.put(name, value);
                }
            });
            return Collections.unmodifiableMap(values);
        }
    }
}
