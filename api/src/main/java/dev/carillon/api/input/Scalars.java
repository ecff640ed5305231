package dev.carillon.api.input;

import dev.carillon.core.kernel.IdKind;
import org.jspecify.annotations.Nullable;

/** How single values are read. */
final class Scalars {
    private static final int LONGEST_TIME = 100;

    private Scalars() {}

    /**
     * A string.
     *
     * @param least 1 if it must not be empty
     * @param example a valid value
     */
    record Text(long least, long most, String example) implements Binder {
        @Override
        public String expected() {
            return "a string, such as \"%s\"".formatted(example);
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            if (!(sent instanceof String text)) {
                return findings.wrongType(place, expected(), sent);
            }
            if (text.length() < least) {
                return absent(place, findings);
            }
            if (text.length() > most) {
                return findings.invalid(
                        place,
                        "%s has %d characters; at most %d are allowed.".formatted(place.shown(), text.length(), most));
            }
            return text;
        }

        @Override
        public @Nullable Object absent(Place place, Findings findings) {
            return least == 0
                    ? ""
                    : findings.invalid(
                            place,
                            "%s is required and must not be empty; send %s.".formatted(place.shown(), expected()));
        }
    }

    /** An id, which stays a string. */
    record IdText(IdKind<?> kind) implements Binder {
        @Override
        public String expected() {
            return "an id such as %s_...".formatted(kind.prefix());
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            if (!(sent instanceof String text)) {
                return findings.wrongType(place, expected(), sent);
            }
            return kind.read(text).isPresent()
                    ? text
                    : findings.invalid(place, "%s must be %s.".formatted(place.shown(), expected()));
        }
    }

    /** A time. */
    record Time() implements Binder {
        @Override
        public String expected() {
            return "a time, such as \"%s\"".formatted(Times.EXAMPLE);
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            if (!(sent instanceof String text)) {
                return findings.wrongType(place, expected(), sent);
            }
            var time = text.length() > LONGEST_TIME ? null : Times.read(text).orElse(null);
            return time == null ? findings.invalid(place, Times.EXPECTED.formatted(place.shown())) : time;
        }
    }

    /** A whole number of 32 bits. */
    record Whole(long least, long most) implements Binder {
        @Override
        public String expected() {
            return "a whole number between %d and %d".formatted(least, most);
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            return sent instanceof Long number && number >= least && number <= most
                    ? Integer.valueOf(number.intValue())
                    : outOfRange(place, expected(), sent, findings);
        }
    }

    /**
     * Any number.
     *
     * @param example a valid value
     */
    record Decimal(long least, long most, String example) implements Binder {
        @Override
        public String expected() {
            return "a number between %d and %d, such as %s".formatted(least, most, example);
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            return sent instanceof Number number && number.doubleValue() >= least && number.doubleValue() <= most
                    ? Double.valueOf(number.doubleValue())
                    : outOfRange(place, expected(), sent, findings);
        }
    }

    private static @Nullable Object outOfRange(Place place, String expected, Object sent, Findings findings) {
        return findings.invalid(
                place,
                "%s must be %s; you sent %s."
                        .formatted(place.shown(), expected, sent instanceof Number ? sent : Findings.kindOf(sent)));
    }

    /** A boolean. */
    record Truth() implements Binder {
        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public @Nullable Object bind(Place place, Object sent, Findings findings) {
            return sent instanceof Boolean truth ? truth : findings.wrongType(place, expected(), sent);
        }
    }
}
