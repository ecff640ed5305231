package dev.carillon.connectors.rules;

import java.util.List;
import java.util.regex.Pattern;

/** Counts what starts with a sign (hashtags, mentions), angle brackets, and lists of tags. */
final class Tags {
    private static final Pattern HASHTAG = Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_&/])[#＃][\\p{L}\\p{M}\\p{N}_]");
    private static final Pattern MENTION = Pattern.compile("(?<![\\p{L}\\p{N}_.@/])@[A-Za-z0-9_]");

    private Tags() {}

    static int hashtags(String text) {
        return count(HASHTAG, text);
    }

    static int mentions(String text) {
        return count(MENTION, text);
    }

    static int angleBrackets(String text) {
        return Math.toIntExact(text.chars()
                .filter(character -> character == '<' || character == '>')
                .count());
    }

    static int ofYouTube(List<String> tags) {
        int commas = Math.max(0, tags.size() - 1);
        return commas
                + tags.stream()
                        .mapToInt(tag -> tag.codePointCount(0, tag.length()) + (tag.indexOf(' ') < 0 ? 0 : 2))
                        .sum();
    }

    private static int count(Pattern pattern, String text) {
        return Math.toIntExact(pattern.matcher(text).results().count());
    }
}
