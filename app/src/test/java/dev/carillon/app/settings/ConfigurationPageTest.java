package dev.carillon.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code docs/configuration.md} lists exactly the variables that the code reads, with the defaults of {@code application.yml}. */
class ConfigurationPageTest {
    private static final Path ROOT = Path.of("..");

    /** A table row: the variable, its type, its default. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(CARILLON_[A-Z_<>]+)` \\| ([^|]+) \\| ([^|]+) \\|.*\\|$");

    private static final Pattern LITERAL = Pattern.compile("\"(CARILLON_[A-Z_]+)\"|process\\.env\\.(CARILLON_[A-Z_]+)");
    private static final Pattern EXPANSION = Pattern.compile("\\$\\{?(CARILLON_[A-Z_]+)");
    private static final Pattern MENTION = Pattern.compile("\\bCARILLON_[A-Z_]*[A-Z]\\b");
    private static final Pattern OF_A_PROVIDER = Pattern.compile("(?:text|texts|required)\\(\"([a-z-]+)\"\\)");
    private static final String PROVIDER = "CARILLON_OIDC_<PROVIDER>_";

    /** Set by the launcher for its benchmarks. */
    private static final Set<String> INTERNAL = Set.of("CARILLON_LAUNCHER", "CARILLON_JAVA_FLAGS");

    @Test
    void thePageHasARowForEachVariableThatIsReadAndForNoOther() {
        var read = new TreeSet<>(Settings.READ_HERE);
        read.addAll(namedIn(sources(), LITERAL));
        read.addAll(namedIn(Stream.of(at("carillon"), at("app/src/main/resources/logback.xml")), EXPANSION));
        read.addAll(namedIn(Stream.of(oidcProviders()), OF_A_PROVIDER).stream()
                .map(key -> PROVIDER + variable(key))
                .toList());
        read.addAll(defaults().keySet());
        read.removeAll(INTERNAL);

        assertThat(without(read, rows()))
                .as("read by the code but not on the page")
                .isEmpty();
        assertThat(without(rows(), read))
                .as("on the page but not read by the code")
                .isEmpty();
        assertThat(rows()).doesNotHaveDuplicates();
    }

    @Test
    void thePageTellsTheDefaultsOfTheFile() {
        var told = ROW.matcher(page()).results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(3)));

        defaults().forEach((variable, value) -> {
            var wanted = value.isEmpty() ? "none" : "`%s`".formatted(value);
            // The page describes these defaults in words: a provider's, and that of the public URL.
            if (!variable.startsWith(PROVIDER) && !variable.equals("CARILLON_PUBLIC_URL")) {
                assertThat(told.get(variable)).as(variable).isEqualTo(wanted);
            }
        });
    }

    @Test
    void theOtherPagesAndTheHelpNameOnlyVariablesOfThePage() {
        for (var place : List.of("README.md", "carillon", "SECURITY.md", "docs/signing-in.md", "docs/metrics.md")) {
            var mentioned = MENTION.matcher(text(at(place)))
                    .results()
                    .map(mention -> mention.group())
                    .filter(name -> !INTERNAL.contains(name))
                    .map(name -> name.replaceFirst("OIDC_(?:GOOGLE|WORK)_", "OIDC_<PROVIDER>_"))
                    .toList();
            assertThat(without(mentioned, rows())).as(place).isEmpty();
        }
    }

    private static Set<String> without(Collection<String> names, Collection<String> others) {
        var left = new TreeSet<>(names);
        left.removeAll(Set.copyOf(others));
        return left;
    }

    private static List<String> rows() {
        return ROW.matcher(page()).results().map(row -> row.group(1)).toList();
    }

    /** Defaults by variable, as text; lists are separated by commas. */
    private static Map<String, String> defaults() {
        Map<String, Object> all = new Yaml().load(text(at("app/src/main/resources/application.yml")));
        var found = new TreeMap<String, String>();
        collect("carillon", Objects.requireNonNull(all.get("carillon")), found);
        return found;
    }

    private static void collect(String key, Object value, Map<String, String> found) {
        switch (value) {
            case Map<?, ?> below -> below.forEach((name, inner) -> collect(key + "." + name, inner, found));
            case List<?> entries ->
                found.put(variable(key), entries.stream().map(String::valueOf).collect(Collectors.joining(",")));
            // A key whose value comes from another key is set by the other key's variable.
            case String text
            when text.matches("\\$\\{[a-z.]+:}") -> found.put(variable(text.substring(2, text.length() - 2)), "");
            default -> found.put(variable(key), value.toString());
        }
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_").replaceFirst("^CARILLON_OIDC_GOOGLE_", PROVIDER);
    }

    private static Set<String> namedIn(Stream<Path> files, Pattern pattern) {
        return files.flatMap(file -> pattern.matcher(text(file)).results())
                .map(match -> match.groupCount() > 1 && match.group(1) == null ? match.group(2) : match.group(1))
                .collect(Collectors.toSet());
    }

    /** The main sources of all modules, and the examples. */
    private static Stream<Path> sources() {
        try (var modules = Files.list(ROOT)) {
            return modules
                    .flatMap(module -> Stream.of(module.resolve("src/main/java"), module))
                    .filter(folder -> folder.endsWith("src/main/java") || folder.endsWith("examples"))
                    .filter(Files::isDirectory)
                    .toList()
                    .stream()
                    .flatMap(ConfigurationPageTest::filesBelow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> filesBelow(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(?:java|py|mts)")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path oidcProviders() {
        return at("core/src/main/java/dev/carillon/core/oidc/OidcProviderRegistry.java");
    }

    private static String page() {
        return text(at("docs/configuration.md"));
    }

    private static Path at(String path) {
        return ROOT.resolve(path);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
