package dev.carillon.connectors.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what X takes for an address, with or without a scheme, as X's own library (twitter-text 3.1.0) does. That
 * library is used only to check this class in a test: its time grows with the cube of the length of a text such as
 * {@code a.a.a.a}, and its list of top-level domains is from 2020. Here each character is examined at most a few times.
 */
final class XAddresses {
    /** An address with a scheme may follow a dot or a slash; one without a scheme may not. */
    private static final Pattern BEGINNING = Pattern.compile(
            "(?<![A-Za-z0-9@＠$#＃\\uFFFE\\uFEFF\\uFFFF])(?:[Hh][Tt][Tt][Pp][Ss]?://|(?<![-_./])(?=[\\p{L}\\p{M}0-9]))");

    private static final int LONGEST = 4096;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_LABEL = 63;
    private static final String PUNYCODE = "xn--";
    private static final String IN_PATH = "!*';:=+,.$/%#[]-–_~|&@";
    private static final String ENDS_PATH = "=_#/-+";
    private static final String IN_QUERY = "!?*'();:&=+$/%#[]-_.,~|@";
    private static final String ENDS_QUERY = "-_&=#/";
    private static final String NOT_IN_HOST = "-_!\"#$%&'()*+,/:;<=>?@[]^`{|}~";
    private static final String LATIN_FOR_SOUNDS = "ɓɔɖɗəɛɣɨɯɲʉʋʻ";

    private final String text;

    private XAddresses(String text) {
        this.text = text;
    }

    /** From the first character to the one after the last, in Java's characters. */
    record Address(int from, int to) {}

    /** In the order of the text. */
    static List<Address> in(String text) {
        return text.indexOf('.') < 0 ? List.of() : new XAddresses(text).find();
    }

    private List<Address> find() {
        var addresses = new ArrayList<Address>();
        var beginning = BEGINNING.matcher(text);
        int at = 0;
        while (at < text.length() && beginning.find(at)) {
            int host = beginning.end();
            boolean hasScheme = host > beginning.start();
            int hostEnd = hostEnd(host, hasScheme);
            int end = hostEnd < 0 ? -1 : queryEnd(pathEnd(portEnd(hostEnd)));
            if (end >= 0 && end - beginning.start() <= LONGEST) {
                addresses.add(new Address(beginning.start(), end));
                at = end;
            } else {
                at = Math.max(runEnd(host, false), beginning.start() + 1);
            }
        }
        return addresses;
    }

    private int hostEnd(int from, boolean hasScheme) {
        int latin = domainEnd(from, runEnd(from, false));
        return latin < 0 && hasScheme ? domainEnd(from, runEnd(from, true)) : latin;
    }

    private int runEnd(int from, boolean anyScript) {
        int end = from;
        while (end < text.length() && isInHost(text.charAt(end), anyScript)) {
            end++;
        }
        return end;
    }

    /**
     * The end of the domain, or -1 if there is none. Drops trailing labels that are not top-level domains, for example
     * when the next sentence follows without a space.
     */
    private int domainEnd(int from, int runEnd) {
        if (runEnd < text.length() && "@+".indexOf(text.charAt(runEnd)) >= 0) {
            return -1;
        }
        var run = text.substring(from, runEnd);
        int end = run.length();
        for (int dot = run.lastIndexOf('.'); dot > 0; dot = run.lastIndexOf('.', end - 1)) {
            if (isTopLevel(run.substring(dot + 1, end))) {
                return end <= LONGEST_HOST && isDomain(run.substring(0, dot)) ? from + end : -1;
            }
            end = dot;
        }
        return -1;
    }

    private static boolean isTopLevel(String label) {
        return TopLevelDomains.CURRENT.endsIn(label)
                || (label.startsWith(PUNYCODE) && label.length() > PUNYCODE.length())
                || (label.length() > 1
                        && label.chars().allMatch(letter -> letter > 0x36F && Character.isLetter(letter)));
    }

    /** Whether the label before the top-level domain is valid. */
    private static boolean isDomain(String host) {
        var label = host.substring(host.lastIndexOf('.') + 1);
        return !label.isEmpty()
                && label.length() <= LONGEST_LABEL
                && label.charAt(0) != '-'
                && label.charAt(label.length() - 1) != '-'
                && label.indexOf('_') < 0;
    }

    private int portEnd(int at) {
        int end = at + 1;
        while (end < text.length() && within(text.charAt(end), '0', '9')) {
            end++;
        }
        return at < text.length() && text.charAt(at) == ':' && end > at + 1 ? end : at;
    }

    private int pathEnd(int at) {
        if (at >= text.length() || text.charAt(at) != '/') {
            return at;
        }
        int end = at + 1;
        int next = end;
        while (next < text.length() && next - at <= LONGEST) {
            char character = text.charAt(next);
            if (character == '(') {
                next = closing(next) + 1;
                if (next == 0) {
                    break;
                }
                end = next;
            } else if (isInPath(character)) {
                next++;
                end = isLetter(character) || ENDS_PATH.indexOf(character) >= 0 ? next : end;
            } else {
                break;
            }
        }
        return end;
    }

    /** The index of the closing bracket, or -1. The brackets may contain one nested pair but no third. */
    private int closing(int opening) {
        boolean nested = false;
        for (int at = opening + 1; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == ')' && !nested) {
                return at > opening + 1 ? at : -1;
            } else if (character == ')' || (character == '(' && !nested)) {
                nested = !nested;
            } else if (!isInPath(character)) {
                return -1;
            }
        }
        return -1;
    }

    private int queryEnd(int at) {
        if (at >= text.length() || text.charAt(at) != '?') {
            return at;
        }
        int end = at;
        for (int next = at + 1; next < text.length() && next - at <= LONGEST; next++) {
            char character = text.charAt(next);
            if (isPlain(character) || ENDS_QUERY.indexOf(character) >= 0) {
                end = next + 1;
            } else if (IN_QUERY.indexOf(character) < 0) {
                break;
            }
        }
        return end;
    }

    private static boolean isInHost(char character, boolean anyScript) {
        return isPlain(character)
                || isAccented(character)
                || "._-".indexOf(character) >= 0
                || (anyScript && isInHostOfAnyScript(character));
    }

    private static boolean isInHostOfAnyScript(char character) {
        return NOT_IN_HOST.indexOf(character) < 0
                && !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && !within(character, '\u2000', '\u206F');
    }

    private static boolean isInPath(char character) {
        return isLetter(character) || IN_PATH.indexOf(character) >= 0;
    }

    private static boolean isLetter(char character) {
        return isPlain(character) || isAccented(character) || within(character, '\u0400', '\u04FF');
    }

    private static boolean isPlain(char character) {
        return within(character, 'a', 'z') || within(character, 'A', 'Z') || within(character, '0', '9');
    }

    private static boolean isAccented(char character) {
        return (within(character, '\u00C0', '\u024F') && character != '×' && character != '÷')
                || within(character, '\u0300', '\u036F')
                || within(character, '\u1E00', '\u1EFF')
                || LATIN_FOR_SOUNDS.indexOf(character) >= 0;
    }

    private static boolean within(char character, char first, char last) {
        return character >= first && character <= last;
    }
}
