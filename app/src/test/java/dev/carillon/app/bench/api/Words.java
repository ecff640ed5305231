package dev.carillon.app.bench.api;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Words that nobody speaks, of a few syllables each. */
final class Words {
    static final int COUNT = 20_000;
    /** How much rarer words are than those before them, as an exponent; {@link ArchiveQueries#ARCHIVED} has it as well. */
    private static final int RARITY = 4;

    private static final String CONSONANTS = "bdfgklmnprst";
    private static final String VOWELS = "aeiou";
    private static final int SYLLABLES = CONSONANTS.length() * VOWELS.length();

    /** All of them with spaces between. */
    static final String COMMON_FIRST =
            IntStream.range(0, COUNT).mapToObj(Words::at).collect(Collectors.joining(" "));

    private Words() {}

    /** The word of this rank, from 0. */
    static String at(int rank) {
        return syllable(rank) + syllable(rank / SYLLABLES) + syllable(rank / SYLLABLES / SYLLABLES);
    }

    /** So many of them, as often as they stand in the archive, with spaces between. */
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
