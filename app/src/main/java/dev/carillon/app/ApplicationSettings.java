package dev.carillon.app;

import dev.carillon.api.http.PublicUrl;
import dev.carillon.core.kernel.InvalidSetting;
import dev.carillon.core.mail.MailConfig;
import dev.carillon.core.oidc.OidcConfig;
import dev.carillon.core.oidc.OidcProviderRegistry;
import dev.carillon.core.signal.RedisConfig;
import io.micronaut.context.ApplicationContextConfiguration;
import io.micronaut.context.DefaultApplicationContext;
import io.micronaut.context.annotation.ConfigurationReader;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.exceptions.BeanContextException;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.format.ReadableBytes;
import io.micronaut.core.type.Argument;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.BeanDefinitionReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of {@code application.yml} and of the variables that override them, read by the application's own
 * records without starting the application.
 */
final class ApplicationSettings implements AutoCloseable {
    private static final String OURS = "dev.carillon.";
    /** These settings have their own check, which also reads the providers' names. */
    private static final String OIDC = "carillon.oidc.";

    private final OnlySettings context;
    private final List<String> problems;

    private ApplicationSettings(OnlySettings context) {
        this.context = context;
        // Only once: Micronaut remembers a value that it cannot read as absent.
        this.problems = findProblems();
    }

    /** Reads the settings; closing the result releases them. */
    static ApplicationSettings read(ApplicationContextConfiguration configuration) {
        var context = new OnlySettings(configuration);
        context.start();
        return new ApplicationSettings(context);
    }

    /** Invalid settings, one sentence each, written for the operator. */
    List<String> problems() {
        return problems;
    }

    private List<String> findProblems() {
        var problems = new ArrayList<String>();
        collect(problems, () -> OidcProviderRegistry.check(context.getEnvironment()));
        for (var definition : ours()) {
            var unreadable = properties(definition)
                    .filter(key -> !key.name().startsWith(OIDC))
                    .flatMap(this::unreadable)
                    .toList();
            problems.addAll(unreadable);
            if (unreadable.isEmpty() && isComplete(definition)) {
                collect(problems, () -> context.getBean(definition));
            }
        }
        collect(problems, () -> context.getBean(MailConfig.class).check());
        return problems.stream().distinct().toList();
    }

    private List<BeanDefinition<?>> ours() {
        return context.getAllBeanDefinitions().stream()
                .filter(definition -> definition.getBeanType().getName().startsWith(OURS))
                .toList();
    }

    /** The environment variables that set one of these settings. */
    Set<String> variables() {
        var keys = Stream.concat(
                ours().stream().flatMap(ApplicationSettings::properties).map(Key::name),
                Stream.of("carillon.smtp.url"));
        return keys.map(ApplicationSettings::variable).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A setting and the type that it is read as. */
    private record Key(String name, Argument<?> type) {}

    private static Stream<Key> properties(BeanDefinition<?> definition) {
        return Arrays.stream(definition.getConstructor().getArguments()).flatMap(argument -> Stream.concat(
                        argument.getAnnotationMetadata().stringValue(Property.class, "name").stream(),
                        argument.getAnnotationMetadata().stringValue(Value.class).stream()
                                .map(ApplicationSettings::placeholder))
                .map(name -> new Key(name, argument)));
    }

    /** The key in an expression such as {@code ${carillon.public-url:}}. */
    private static String placeholder(String expression) {
        return expression.replaceFirst("^\\$\\{([^:}]*).*$", "$1");
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private Stream<String> unreadable(Key key) {
        var conversion = ConversionContext.of(key.type());
        context.getEnvironment().getProperty(key.name(), conversion);
        return conversion.getLastError().stream().map(error -> new InvalidSetting(
                        key.name(), "must be %s; got: %s.".formatted(expected(key.type()), value(key)))
                .getMessage());
    }

    /** The value as it was written. Secrets are strings, which are always readable and therefore never shown. */
    private String value(Key key) {
        return context.getEnvironment().getProperty(key.name(), String.class).orElse("");
    }

    private static String expected(Argument<?> type) {
        if (type.isContainerType()) {
            var one = type.getFirstTypeVariable()
                    .<Argument<?>>map(element -> element)
                    .orElse(type);
            return "a comma-separated list, each value " + expected(one.getType());
        }
        return type.isAnnotationPresent(ReadableBytes.class) ? "a size such as 64KB" : expected(type.getType());
    }

    private static String expected(Class<?> type) {
        if (type == Duration.class) {
            return "a time such as 10s, 1m or 1h";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return type == int.class || type == Integer.class ? "a whole number" : "a number";
    }

    /** Excludes the address of Redis, which only the launcher knows, and settings that are checked elsewhere. */
    private static boolean isComplete(BeanDefinition<?> definition) {
        return definition.getBeanType() != RedisConfig.class && definition.getBeanType() != OidcConfig.class;
    }

    private static void collect(List<String> problems, Runnable reading) {
        try {
            reading.run();
        } catch (InvalidSetting e) {
            problems.add(Objects.toString(e.getMessage()));
        } catch (IllegalArgumentException | BeanContextException e) {
            problems.add(innermost(e));
        }
    }

    private static String innermost(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Objects.toString(cause.getMessage(), cause.toString());
    }

    @Override
    public void close() {
        context.close();
    }

    /** Contains only the classes that read settings, and no other bean. */
    // Raw types, as in the overridden method; Micronaut itself overrides varargs methods with others.
    @SuppressWarnings({"rawtypes", "overrides"})
    private static final class OnlySettings extends DefaultApplicationContext {
        OnlySettings(ApplicationContextConfiguration configuration) {
            super(configuration);
        }

        @Override
        protected List<BeanDefinitionReference> resolveBeanDefinitionReferences() {
            return super.resolveBeanDefinitionReferences().stream()
                    .filter(OnlySettings::readsSettings)
                    .toList();
        }

        private static boolean readsSettings(BeanDefinitionReference reference) {
            var name = reference.getBeanDefinitionName();
            // Micronaut's own beans here are the events that a starting context sends.
            return name.startsWith("io.micronaut.context.event.")
                    || (name.startsWith(OURS)
                            && (reference.getAnnotationMetadata().hasStereotype(ConfigurationReader.class)
                                    || reference.getBeanType() == PublicUrl.class));
        }
    }
}
