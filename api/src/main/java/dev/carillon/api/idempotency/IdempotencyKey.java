package dev.carillon.api.idempotency;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents in the OpenAPI document that a route takes an idempotency key. */
@Parameter(
        name = "Idempotency-Key",
        in = ParameterIn.HEADER,
        description =
                "1 to 255 printable ASCII characters. The same request with the same key within 24 hours gets the first"
                        + " reply again, marked Idempotent-Replayed, and nothing is done twice.",
        schema = @Schema(implementation = String.class, minLength = 1, maxLength = 255))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface IdempotencyKey {}
