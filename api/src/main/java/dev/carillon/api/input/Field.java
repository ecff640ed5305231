package dev.carillon.api.input;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A field of a request.
 *
 * @param name in the body
 * @param optional whether it may be absent or null
 */
record Field(String name, boolean optional, Binder binder) {
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    static Field of(Argument<?> component) {
        var name = component
                .getAnnotationMetadata()
                .stringValue(JsonProperty.class)
                .orElseGet(() -> NAMES.translate(component));
        return new Field(name, component.isNullable(), new Rule(component).binder());
    }

    /**
     * The component's value.
     *
     * @param body the place of the object that has the field
     * @param sent null if the field is absent or null
     */
    @Nullable
    Object bind(Place body, @Nullable Object sent, Findings findings) {
        if (sent == null && optional) {
            return null;
        }
        var place = body.field(name);
        return sent == null ? binder.absent(place, findings) : binder.bind(place, sent, findings);
    }
}
