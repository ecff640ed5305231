package dev.carillon.connectors.bluesky;

import java.util.List;

/** Where a link ends that stands in a sentence. */
final class Links {
    private static final String SENTENCE = ".,;:!?'\"…‘’“”»›";
    private static final List<String> BRACKETS = List.of("()", "[]", "{}");

    private Links() {}

    /** Without the sentence's punctuation, and without a closing bracket that was opened before the link. */
    static String trimmed(String link) {
        var rest = link;
        while (endsOutside(rest)) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest;
    }

    private static boolean endsOutside(String link) {
        if (link.isEmpty()) {
            return false;
        }
        char last = link.charAt(link.length() - 1);
        return SENTENCE.indexOf(last) >= 0
                || BRACKETS.stream()
                        .anyMatch(pair ->
                                last == pair.charAt(1) && count(link, pair.charAt(1)) > count(link, pair.charAt(0)));
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }
}
