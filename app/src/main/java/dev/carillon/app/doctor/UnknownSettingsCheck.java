package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.warning;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds {@code CARILLON_...} variables that nothing reads; most are typing errors.
 *
 * @param set the names that are set
 * @param known the names that something reads
 */
public record UnknownSettingsCheck(Collection<String> set, Set<String> known) implements Check {
    /** Read by the launcher, by commands other than {@code up}, by the tests and by the benchmarks. */
    private static final Set<String> READ_ELSEWHERE = Set.of(
            "CARILLON_API_KEY",
            "CARILLON_JAVA_FLAGS",
            "CARILLON_JAVA_OPTS",
            "CARILLON_LAUNCHER",
            "CARILLON_LOG_LEVEL",
            "CARILLON_PEERS",
            "CARILLON_REQUIRE_PEERS",
            "CARILLON_URL",
            "CARILLON_WEBHOOK_SECRET");

    private static final Pattern TEST_ONLY = Pattern.compile("CARILLON_TEST_.*");
    /** The operator chooses a provider's name. */
    private static final Pattern OF_A_PROVIDER = Pattern.compile(
            "CARILLON_OIDC_[A-Z][A-Z0-9]{0,31}_(NAME|ISSUER|CLIENT_ID|CLIENT_SECRET|SCOPES|RESPONSE_MODE|ALLOWED_EMAIL_DOMAINS|REQUIRED_CLAIMS)");
    /** An element of a list. */
    private static final Pattern INDEX = Pattern.compile("_\\d+$");

    public UnknownSettingsCheck {
        set = List.copyOf(set);
        known = Set.copyOf(known);
    }

    @Override
    public List<Finding> run() {
        return set.stream()
                .filter(name -> name.startsWith("CARILLON_") && !isKnown(name))
                .sorted()
                .map(this::unknown)
                .toList();
    }

    private boolean isKnown(String name) {
        return known.contains(name)
                || READ_ELSEWHERE.contains(name)
                || known.contains(INDEX.matcher(name).replaceFirst(""))
                || TEST_ONLY.matcher(name).matches()
                || OF_A_PROVIDER.matcher(name).matches();
    }

    private Finding unknown(String name) {
        return warning(
                "settings",
                nearest(name)
                        .map(near -> "%s is not a setting and is ignored. Did you mean %s?".formatted(name, near))
                        .orElseGet(() -> "%s is not a setting and is ignored. './carillon help' lists the settings."
                                .formatted(name)));
    }

    private Optional<String> nearest(String name) {
        int furthest = Math.max(2, (name.length() - "CARILLON_".length()) / 3);
        return java.util.stream.Stream.concat(known.stream(), READ_ELSEWHERE.stream())
                .sorted()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= furthest);
    }

    /** The Levenshtein distance: how many letters to insert, delete or replace to get from one to the other. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
