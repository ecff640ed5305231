package dev.carillon.connectors.rules;

import static java.util.regex.Pattern.UNICODE_CHARACTER_CLASS;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds links with a scheme in running text; a link may also touch letters of scripts that write without spaces. */
public final class Links {
    /**
     * The characters of a link. Space, invisible characters and punctuation of scripts without spaces end it anywhere.
     */
    public static final String IN_URL = "[^\\s<>\"\\p{Cntrl}\\u200B-\\u200F\\u2060\\uFEFF、。，；！？「」『』【】《》（）]";

    private static final Pattern FULL_URL = Pattern.compile(
            "(?<![A-Za-z0-9_./@:-])[Hh][Tt][Tt][Pp][Ss]?://[\\p{L}\\p{N}\\[]" + IN_URL + "*", UNICODE_CHARACTER_CLASS);
    private static final String SENTENCE = ".,;:!?'\"…‘’“”»›";
    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private Links() {}

    /** A link; {@code from} and {@code to} count Java's characters. */
    public record Link(int from, int to, String url) {}

    /** In the order of the text. */
    public static Stream<Link> in(String text) {
        return FULL_URL.matcher(text).results().map(found -> {
            var url = trimmed(found.group());
            return new Link(found.start(), found.start() + url.length(), url);
        });
    }

    /** The number of distinct links. */
    static int different(List<String> texts) {
        return Math.toIntExact(
                texts.stream().flatMap(Links::in).map(Link::url).distinct().count());
    }

    /** The link without the sentence's punctuation and without a closing bracket that was opened before the link. */
    public static String trimmed(String link) {
        var unopened = new int[CLOSING.length()];
        link.chars().forEach(character -> {
            count(unopened, CLOSING.indexOf(character), 1);
            count(unopened, OPENING.indexOf(character), -1);
        });
        int end = link.length();
        while (end > 0) {
            int closing = CLOSING.indexOf(link.charAt(end - 1));
            if (closing >= 0 && unopened[closing] > 0) {
                unopened[closing]--;
            } else if (SENTENCE.indexOf(link.charAt(end - 1)) < 0) {
                break;
            }
            end--;
        }
        return link.substring(0, end);
    }

    private static void count(int[] brackets, int pair, int by) {
        if (pair >= 0) {
            brackets[pair] += by;
        }
    }
}
