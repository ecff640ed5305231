package dev.carillon.app.bench.api;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Invented words of a few syllables. */
final class Words {
    static final int COUNT = 20_000;
    /** The exponent of the word frequencies: higher means rarer later words. {@link ArchiveQueries#ARCHIVED} uses the same number. */
    private static final int RARITY = 4;

    private static final String CONSONANTS = "bdfgklmnprst";
    private static final String VOWELS = "aeiou";
    private static final int SYLLABLES = CONSONANTS.length() * VOWELS.length();

    /** All words, the most common first, separated by spaces. */
    static final String COMMON_FIRST =
            IntStream.range(0, COUNT).mapToObj(Words::at).collect(Collectors.joining(" "));

    private Words() {}

    /** The word of this rank, counted from 0. */
    static String at(int rank) {
        return syllable(rank) + syllable(rank / SYLLABLES) + syllable(rank / SYLLABLES / SYLLABLES);
    }

    /** This many words, distributed as in the archive, separated by spaces. */
    static String some(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> at((int) (Math.pow(ThreadLocalRandom.current().nextDouble(), RARITY) * COUNT)))
                .collect(Collectors.joining(" "));
    }

    private static String syllable(int number) {
        int place = number % SYLLABLES;
        return "" + CONSONANTS.charAt(place / VOWELS.length()) + VOWELS.charAt(place % VOWELS.length());
    }
}
