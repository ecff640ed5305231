import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Deletes the classes that changed sources make stale, so that Maven compiles exactly these again.
 *
 * <p>Stale are: the classes of a changed source; every source whose classes name one of its types or a subtype of it (a caller of an
 * inherited method names only the subtype); and a whole module if its annotation processor writes one file from all sources. Only a
 * full build is safe if a changed source declares a constant that other classes may have copied.
 *
 * <p>Usage: {@code java StaleClasses <root> <folder of a module's build> <changed source>...}, with sources relative to the root.
 * Exit code 0: the stale classes are deleted. Exit code 3: only a full build is safe; standard output says why.
 */
public final class StaleClasses {
    private static final int FULL_BUILD = 3;
    private static final Pattern SOURCE = Pattern.compile("([^/]+)/src/main/java/(.+)/([^/]+)\\.java");
    /** The OpenAPI document is written from all controllers at once. */
    private static final Set<String> WRITES_ONE_FILE = Set.of("api");

    private final Path root;
    private final String folder;
    private final List<Compiled> classes = new ArrayList<>();

    /**
     * A class file.
     *
     * @param source the class's source without its ending, {@code core/dev/carillon/core/post/Post}
     * @param above superclass and interfaces, as internal names
     * @param named all types that the class file mentions, as internal names
     */
    private record Compiled(
            Path file, String name, String source, Set<String> above, Set<String> named, boolean hasConstants) {}

    private StaleClasses(Path root, String folder) {
        this.root = root;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        var stale = new StaleClasses(Path.of(arguments[0]), arguments[1]);
        System.exit(stale.delete(List.of(arguments).subList(2, arguments.length)));
    }

    private int delete(List<String> changed) throws IOException {
        readModules();
        var sources = new HashSet<String>();
        for (var path : changed) {
            var source = SOURCE.matcher(path);
            if (!source.matches() || source.group(3).endsWith("-info")) {
                return full(path + " is not the source of a class");
            }
            sources.add(source.group(1) + "/" + source.group(2) + "/" + source.group(3));
        }
        for (var compiled : classes) {
            if (sources.contains(compiled.source()) && compiled.hasConstants()) {
                return full(compiled.name().replace('/', '.') + " declares constants that other classes may have copied");
            }
        }
        sources.addAll(dependents(sources));
        var all = new HashSet<String>();
        for (var module : WRITES_ONE_FILE) {
            if (sources.stream().anyMatch(source -> source.startsWith(module + "/"))) {
                all.add(module);
            }
        }
        for (var compiled : classes) {
            if (sources.contains(compiled.source()) || all.contains(module(compiled.source()))) {
                Files.deleteIfExists(compiled.file());
                deleteRegistrations(compiled);
            }
        }
        return 0;
    }

    private static int full(String reason) {
        System.out.println(reason);
        return FULL_BUILD;
    }

    private Set<String> dependents(Set<String> changed) {
        var below = new HashSet<String>();
        for (var compiled : classes) {
            if (changed.contains(compiled.source())) {
                below.add(compiled.name());
            }
        }
        boolean grew = true;
        while (grew) {
            grew = false;
            for (var compiled : classes) {
                if (!below.contains(compiled.name())
                        && compiled.above().stream().anyMatch(below::contains)) {
                    grew |= below.add(compiled.name());
                }
            }
        }
        var dependents = new HashSet<String>();
        for (var compiled : classes) {
            if (compiled.named().stream().anyMatch(below::contains)) {
                dependents.add(compiled.source());
            }
        }
        return dependents;
    }

    /** Micronaut finds a bean by an empty file named after its definition; the file remains if the class stops being a bean. */
    private void deleteRegistrations(Compiled compiled) throws IOException {
        var services = root.resolve(module(compiled.source())).resolve(folder).resolve("classes/META-INF/micronaut");
        if (!Files.isDirectory(services)) {
            return;
        }
        try (var interfaces = Files.list(services)) {
            for (var folderOfOne : interfaces.toList()) {
                Files.deleteIfExists(folderOfOne.resolve(compiled.name().replace('/', '.')));
            }
        }
    }

    private void readModules() throws IOException {
        try (var modules = Files.list(root)) {
            for (var module : modules.toList()) {
                var output = module.resolve(folder).resolve("classes");
                if (Files.isDirectory(output)) {
                    readClasses(module.getFileName().toString(), output);
                }
            }
        }
    }

    private void readClasses(String module, Path output) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> classes.add(read(module, file)));
        }
    }

    private static Compiled read(String module, Path file) {
        ClassModel model;
        try {
            model = ClassFile.of().parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var name = model.thisClass().asInternalName();
        var above = new HashSet<String>();
        model.superclass().ifPresent(type -> above.add(type.asInternalName()));
        model.interfaces().forEach(type -> above.add(type.asInternalName()));
        return new Compiled(file, name, module + "/" + outermost(name), above, named(model), hasConstants(model));
    }

    /** {@code a/b/Post} for {@code a/b/Post$State} and for what Micronaut derives from it, {@code a/b/$Post$Definition}. */
    private static String outermost(String name) {
        int slash = name.lastIndexOf('/');
        var simple = name.substring(slash + 1);
        while (simple.startsWith("$")) {
            simple = simple.substring(1);
        }
        int dollar = simple.indexOf('$');
        return name.substring(0, slash + 1) + (dollar < 0 ? simple : simple.substring(0, dollar));
    }

    private static Set<String> named(ClassModel model) {
        var names = new HashSet<String>();
        for (var entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> names.add(type.asInternalName());
                case Utf8Entry text -> namesInDescriptor(text.stringValue(), names);
                default -> {
                    // Does not name a type.
                }
            }
        }
        return names;
    }

    /** Handles generic signatures too, in which a type's name ends at its arguments. */
    private static void namesInDescriptor(String text, Set<String> names) {
        for (int at = text.indexOf("Ldev/carillon/"); at >= 0; at = text.indexOf("Ldev/carillon/", at + 1)) {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) != '<') {
                end++;
            }
            names.add(text.substring(at + 1, end));
        }
    }

    private static boolean hasConstants(ClassModel model) {
        return model.fields().stream()
                .filter(field -> !field.flags().has(AccessFlag.PRIVATE))
                .anyMatch(field -> field.attributes().stream().anyMatch(ConstantValueAttribute.class::isInstance));
    }

    private static String module(String source) {
        return source.substring(0, source.indexOf('/'));
    }
}
