package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages, headings, files and classes that the documents point to must exist. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".carillon", ".idea");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

    /** {@code api.post.PostController}, {@code PostController}, {@code Publication.after}, with or without {@code dev.carillon}. */
    private static final Pattern CLASS =
            Pattern.compile("(?:dev\\.carillon\\.)?((?:[a-z]+\\.)*)([A-Z]\\w*[a-z]\\w*)(?:\\.[a-zA-Z]+)*");

    private static List<Path> documents = List.of();
    private static Set<String> files = Set.of();

    @BeforeAll
    static void look() throws IOException {
        files = new TreeSet<>();
        collect(ROOT);
        documents = files.stream()
                .filter(file -> file.endsWith(".md"))
                .map(ROOT::resolve)
                .toList();
        assertThat(documents).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/README.md"));
    }

    @Test
    void everyLinkLeadsToAPageAndToAHeadingOnIt() {
        var broken = new ArrayList<String>();
        for (var document : documents) {
            for (var link : matches(LINK, withoutFences(document))) {
                var target = link.group(1) == null ? link.group(2) : link.group(1);
                if (!ELSEWHERE.matcher(target).matches() && !resolves(document, target)) {
                    broken.add("%s: %s".formatted(ROOT.relativize(document), target));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyFileThatIsNamedExists() {
        var folders = files.stream()
                .filter(file -> file.contains("/"))
                .map(file -> file.substring(0, file.indexOf('/')))
                .collect(Collectors.toSet());
        var missing = new ArrayList<String>();
        for (var document : documents) {
            for (var code : matches(CODE, withoutFences(document))) {
                var named = code.group(1).replaceFirst("^\\./", "");
                boolean isPath = named.matches("[\\w./-]+/[\\w./-]*")
                        && folders.contains(named.substring(0, named.indexOf('/')))
                        && !named.contains("/target/")
                        && !named.contains("...");
                if (isPath && !Files.exists(ROOT.resolve(named))) {
                    missing.add("%s: %s".formatted(ROOT.relativize(document), named));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyClassThatContributorsAreSentToExists() {
        var missing = new ArrayList<String>();
        int found = 0;
        for (var document : documents) {
            var place = ROOT.relativize(document).toString();
            if (!place.startsWith("docs/contributing/") && !place.equals("docs/architecture.md")) {
                continue;
            }
            for (var code : matches(CODE, withoutFences(document))) {
                var name = CLASS.matcher(code.group(1));
                if (name.matches() && isOurs(name.group(1), name.group(2))) {
                    found++;
                    if (!exists(name.group(1).replace('.', '/'), name.group(2))) {
                        missing.add("%s: %s".formatted(place, code.group(1)));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).as("classes that the documents mention").isGreaterThan(50);
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        var index = ROOT.resolve("docs/README.md");
        var linked = matches(LINK, Files.readString(index)).stream()
                .map(link -> link.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .map(target ->
                        index.resolveSibling(target.replaceFirst("#.*", "")).normalize())
                .collect(Collectors.toSet());
        var unlinked = documents.stream()
                .filter(document -> document.startsWith(ROOT.resolve("docs")))
                .filter(document -> !document.equals(index) && !linked.contains(document))
                .map(document -> ROOT.relativize(document).toString())
                .filter(document -> !document.matches("docs/adr/\\d.*"));
        assertThat(unlinked).isEmpty();
    }

    private static void collect(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            for (var entry : entries.sorted().toList()) {
                if (NOT_OURS.contains(entry.getFileName().toString())) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    collect(entry);
                } else {
                    files.add(ROOT.relativize(entry).toString());
                }
            }
        }
    }

    private static boolean resolves(Path document, String target) {
        int hash = target.indexOf('#');
        var path = hash < 0 ? target : target.substring(0, hash);
        var file = path.isEmpty() ? document : document.resolveSibling(path).normalize();
        return Files.exists(file) && (hash < 0 || anchors(file).contains(target.substring(hash + 1)));
    }

    /** Anchors as GitHub makes them: a repeated heading gets a number. */
    private static Set<String> anchors(Path document) {
        Map<String, Integer> seen = new HashMap<>();
        return matches(HEADING, withoutFences(document)).stream()
                .map(heading -> heading.group(1)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .map(slug -> {
                    int before = seen.merge(slug, 1, Integer::sum) - 1;
                    return before == 0 ? slug : slug + "-" + before;
                })
                .collect(Collectors.toSet());
    }

    private static boolean isOurs(String packages, String name) {
        boolean severalWords = name.matches(".*[a-z0-9][A-Z][a-z].*");
        return !packages.isEmpty() || severalWords;
    }

    /** A file, or a type within a file if no package is given. */
    private static boolean exists(String packages, String name) {
        return files.stream().anyMatch(file -> file.endsWith("/" + packages + name + ".java"))
                || (packages.isEmpty() && Nested.NAMES.contains(name));
    }

    /** Loaded only for a name that is not the name of a file. */
    private static final class Nested {
        private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");
        private static final Set<String> NAMES = files.stream()
                .filter(file -> file.endsWith(".java"))
                .flatMap(file -> matches(DECLARED, read(ROOT.resolve(file))).stream())
                .map(declared -> declared.group(1))
                .collect(Collectors.toSet());
    }

    /** A document without its code blocks. */
    private static String withoutFences(Path document) {
        return FENCE.matcher(read(document)).replaceAll("");
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
