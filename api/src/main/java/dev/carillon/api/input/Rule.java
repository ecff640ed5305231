package dev.carillon.api.input;

import dev.carillon.api.input.Containers.FreeMap;
import dev.carillon.api.input.Containers.ObjectList;
import dev.carillon.api.input.Containers.OneObject;
import dev.carillon.api.input.Containers.Size;
import dev.carillon.api.input.Containers.TextList;
import dev.carillon.api.input.Containers.TextMap;
import dev.carillon.api.input.Scalars.Decimal;
import dev.carillon.api.input.Scalars.IdText;
import dev.carillon.api.input.Scalars.Text;
import dev.carillon.api.input.Scalars.Time;
import dev.carillon.api.input.Scalars.Truth;
import dev.carillon.api.input.Scalars.Whole;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.IdKind;
import io.micronaut.core.type.Argument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a component of a request's record is read: what its type and its annotations say. */
record Rule(Argument<?> component) {
    private static final String USUAL_EXAMPLE = "Hello";

    private static final Map<Class<?>, IdKind<?>> IDS = Map.of(
            AccountId.class, AccountId.KIND,
            AccountGroupId.class, AccountGroupId.KIND,
            AgentId.class, AgentId.KIND);

    private static final Map<Class<?>, Function<Rule, Binder>> BINDERS = Map.of(
            String.class, Rule::text,
            Integer.class, rule -> new Whole(rule.least(), rule.most()),
            Double.class, rule -> new Decimal(rule.least(), rule.most(), rule.example()),
            Boolean.class, _ -> new Truth(),
            Instant.class, _ -> new Time(),
            List.class, Rule::list,
            Map.class, Rule::map,
            Object.class, rule -> Choice.of(rule.types(), rule.later(), false));

    Binder binder() {
        var type = component.getWrapperType();
        var known = BINDERS.get(type);
        if (known != null) {
            return known.apply(this);
        }
        if (type.isEnum()) {
            return Choice.of(List.of(type), later(), false);
        }
        if (type.isRecord()) {
            return new OneObject(Shape.of(type));
        }
        throw unreadable("no field has the type " + type.getSimpleName());
    }

    private Binder text() {
        if (types().isEmpty()) {
            return new Text(least(), most(), exampleOr(USUAL_EXAMPLE));
        }
        var id = id();
        return id == null ? Choice.of(types(), later(), true) : id;
    }

    private Binder list() {
        var entry = parameter(0);
        var size = limited() ? new Size(least(), most()) : new Size(0, Integer.MAX_VALUE);
        if (entry.isRecord()) {
            return new ObjectList(size, Shape.of(entry));
        }
        if (entry != String.class) {
            throw unreadable("no array has entries of the type " + entry.getSimpleName());
        }
        var id = id();
        return new TextList(
                size, id == null ? exampleOr(USUAL_EXAMPLE) : id.kind().prefix() + "_...", id);
    }

    private Binder map() {
        return parameter(1) == String.class
                ? new TextMap(new Text(least(), most(), lastText(example())), example())
                : new FreeMap(example());
    }

    private Class<?> parameter(int index) {
        return component.getTypeParameters()[index].getType();
    }

    /** The text between the last two quotation marks. */
    private static String lastText(String json) {
        int end = json.lastIndexOf('"');
        return json.substring(json.lastIndexOf('"', end - 1) + 1, end);
    }

    private @Nullable IdText id() {
        var types = types();
        var kind = types.isEmpty() ? null : IDS.get(types.getFirst());
        return kind == null ? null : new IdText(kind);
    }

    private List<Class<?>> types() {
        return List.of(component.getAnnotationMetadata().classValues(ReadAs.class));
    }

    private Set<String> later() {
        return Set.of(component.getAnnotationMetadata().stringValues(NotYet.class));
    }

    private boolean limited() {
        return component.getAnnotationMetadata().longValue(Limits.class, "most").isPresent();
    }

    private long least() {
        return component
                .getAnnotationMetadata()
                .longValue(Limits.class, "least")
                .orElse(0);
    }

    private long most() {
        return component
                .getAnnotationMetadata()
                .longValue(Limits.class, "most")
                .orElseThrow(() -> unreadable("it needs @Limits"));
    }

    private String example() {
        return component
                .getAnnotationMetadata()
                .stringValue(Example.class)
                .orElseThrow(() -> unreadable("it needs an @Example"));
    }

    private String exampleOr(String usual) {
        return component.getAnnotationMetadata().stringValue(Example.class).orElse(usual);
    }

    /** An error in the record, which shows as soon as a request is read, and in the test of all requests. */
    private IllegalStateException unreadable(String reason) {
        return new IllegalStateException("the component %s cannot be read: %s".formatted(component, reason));
    }
}
