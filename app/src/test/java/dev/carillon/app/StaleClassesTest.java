package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code tools/StaleClasses.java} deletes after a change. Without it, a small change could leave a class that was compiled against
 * another version of its neighbours, and Carillon would fail in the middle of a request.
 */
class StaleClassesTest {
    private static final String FOLDER = "target/run";
    private static final int DELETED = 0;
    private static final int FULL_BUILD = 3;

    @TempDir
    private static Path tool;

    @TempDir
    private Path root;

    private final Map<String, String> sources = new TreeMap<>();

    @BeforeAll
    static void compileTool() {
        javac("-d", tool.toString(), Path.of("../tools/StaleClasses.java").toString());
    }

    @BeforeEach
    void compile() throws IOException {
        source("core", "Base", "public class Base { public int inherited() { return 1; } }");
        source("core", "Middle", "public class Middle extends Base { }");
        source(
                "core",
                "CallsInherited",
                "public class CallsInherited { int call(Middle middle) { return middle.inherited(); } }");
        source(
                "core",
                "Holder",
                "import java.util.List; public class Holder { List<Base> all; static class Inner { } }");
        source("core", "UsesInner", "public class UsesInner { Object made = new Holder.Inner(); }");
        source(
                "core",
                "Limits",
                "public class Limits { static final int MOST = 5; private static final int OWN = 6; }");
        source("core", "Alone", "public class Alone { private static final String SQL = \"SELECT 1\"; }");
        source("worker", "Work", "public class Work { Object made = new Middle(); }");
        source("api", "Controller", "public class Controller { Alone alone; }");
        source("api", "Other", "public class Other { }");
        compileAll();
    }

    @Test
    void aChangedClassTakesThoseAlongThatNameIt() {
        assertThat(deletedBy("core/Holder")).containsExactly("core/Holder", "core/Holder$Inner", "core/UsesInner");
    }

    @Test
    void aCallerOfAnInheritedMethodNamesTheSubtypeAlone() {
        assertThat(deletedBy("core/Base"))
                .containsExactly(
                        "core/Base",
                        "core/CallsInherited",
                        "core/Holder",
                        "core/Holder$Inner",
                        "core/Middle",
                        "worker/Work");
    }

    @Test
    void aClassThatNothingNamesGoesAlone() {
        assertThat(deletedBy("worker/Work")).containsExactly("worker/Work");
    }

    @Test
    void theApiGoesAsAWholeBecauseItsDocumentIsWrittenFromAllOfIt() {
        assertThat(deletedBy("core/Alone")).containsExactly("api/Controller", "api/Other", "core/Alone");
    }

    @Test
    void aConstantThatOthersMayHaveCopiedAsksForAFullBuild() {
        assertThat(run("core/src/main/java/dev/carillon/sample/Limits.java")).isEqualTo(FULL_BUILD);
        assertThat(left()).hasSize(11);
    }

    @Test
    void whatIsNoClassAsksForAFullBuild() {
        assertThat(run("core/src/main/java/dev/carillon/sample/package-info.java"))
                .isEqualTo(FULL_BUILD);
        assertThat(run("core/src/main/resources/db/one.sql")).isEqualTo(FULL_BUILD);
        assertThat(left()).hasSize(11);
    }

    @Test
    void whatMicronautDerivesFromAClassGoesWithItAndItsRegistrationToo() throws IOException {
        var classes = root.resolve("core").resolve(FOLDER).resolve("classes");
        var derived = classes.resolve("dev/carillon/sample/$Alone$Definition.class");
        source("core", "$Alone$Definition", "public class $Alone$Definition { }");
        compileAll();
        var registered = classes.resolve("META-INF/micronaut/BeanReference/dev.carillon.sample.$Alone$Definition");
        Files.createDirectories(registered.resolveSibling(""));
        Files.createFile(registered);

        assertThat(run("core/src/main/java/dev/carillon/sample/Alone.java")).isEqualTo(DELETED);

        assertThat(derived).doesNotExist();
        assertThat(registered).doesNotExist();
    }

    private List<String> deletedBy(String name) {
        var before = left();
        var parts = name.split("/", 2);
        assertThat(run("%s/src/main/java/dev/carillon/sample/%s.java".formatted(parts[0], parts[1])))
                .isEqualTo(DELETED);
        before.removeAll(left());
        return List.copyOf(before);
    }

    private int run(String... changed) {
        try {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    tool.toString(),
                    "StaleClasses",
                    root.toString(),
                    FOLDER));
            command.addAll(List.of(changed));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().transferTo(System.out);
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void source(String module, String name, String text) {
        sources.put(module + "/" + name, "package dev.carillon.sample; " + text);
    }

    /** Compiles each module into a separate folder, with the folders of all others on the class path. */
    private void compileAll() throws IOException {
        var files = new ArrayList<String>();
        for (var source : sources.entrySet()) {
            var file = root.resolve("sources").resolve(source.getKey() + ".java");
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, source.getValue());
            files.add(file.toString());
        }
        var all = Files.createDirectories(root.resolve("all"));
        var arguments = new ArrayList<>(List.of("-proc:none", "-d", all.toString()));
        arguments.addAll(files);
        javac(arguments.toArray(String[]::new));
        for (var source : sources.keySet()) {
            int slash = source.indexOf('/');
            var classes = Files.createDirectories(
                    root.resolve(source.substring(0, slash)).resolve(FOLDER).resolve("classes/dev/carillon/sample"));
            try (var made = Files.list(all.resolve("dev/carillon/sample"))) {
                for (var file : made.toList()) {
                    var name = file.getFileName().toString();
                    if (name.equals(source.substring(slash + 1) + ".class")
                            || name.startsWith(source.substring(slash + 1) + "$Inner")) {
                        Files.copy(file, classes.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    private static void javac(String... arguments) {
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
    }

    private Set<String> left() {
        try (Stream<Path> files = Files.walk(root)) {
            var names = new TreeSet<String>();
            files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.startsWith(root.resolve("all")))
                    .forEach(file -> names.add(root.relativize(file).getName(0) + "/"
                            + file.getFileName().toString().replace(".class", "")));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
