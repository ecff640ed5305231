package dev.carillon.api.protocol;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a route that changes one object and honours {@code If-Match}, through {@link ConditionalWrites}. Every other route refuses the
 * header.
 */
@Parameter(
        name = TakesIfMatch.HEADER,
        in = ParameterIn.HEADER,
        description =
                "The ETag of the object that you read, or its revision if it has one, such as \"3\"; * for any. On a mismatch nothing changes.",
        schema = @Schema(implementation = String.class))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TakesIfMatch {
    String HEADER = "If-Match";
}
