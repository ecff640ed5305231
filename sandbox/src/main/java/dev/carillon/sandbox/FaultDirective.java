package dev.carillon.sandbox;

import dev.carillon.sandbox.http.HttpErrorException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A fault directive in a text, as in <code>[sandbox:rate_limited seconds=60 times=2]</code>. Only the first one in a
 * text counts.
 *
 * @param times how many calls with the same client key it affects
 */
record FaultDirective(Trouble trouble, int times) {
    static final int EVERY_TIME = Integer.MAX_VALUE;

    private static final Pattern PATTERN = Pattern.compile("\\[sandbox:([^\\]]*)]");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String ALL = "all";

    /**
     * The fault directive in a text.
     *
     * @throws HttpErrorException with status 422 if there is one that cannot be understood
     */
    static Optional<FaultDirective> in(String text) {
        var found = PATTERN.matcher(text);
        return found.find() ? Optional.of(read(found.group(1).split(" "))) : Optional.empty();
    }

    private static FaultDirective read(String... words) {
        var kind =
                FaultKind.named(words[0]).orElseThrow(() -> invalid("its kind must be one of " + FaultKind.allNames()));
        var directive = new FaultDirective(Trouble.usual(kind), 1);
        for (var word : Arrays.asList(words).subList(1, words.length)) {
            directive = directive.with(word.split("=", 2));
        }
        return directive;
    }

    private FaultDirective with(String... setting) {
        var value = setting.length == 2 ? setting[1] : "";
        return switch (setting[0]) {
            case "seconds" ->
                new FaultDirective(new Trouble(trouble.kind(), trouble.kind().checked(number(value))), times);
            case "times" -> new FaultDirective(trouble, value.equals(ALL) ? EVERY_TIME : number(value));
            default -> throw invalid("only seconds=... and times=... can follow the kind");
        };
    }

    private static int number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw invalid("seconds must be a whole number, and times a whole number or all");
        }
        return Integer.parseInt(text);
    }

    private static HttpErrorException invalid(String rule) {
        return HttpErrorException.unprocessable(
                "invalid_fault_directive", "The fault directive in the text is invalid: %s.".formatted(rule));
    }
}
