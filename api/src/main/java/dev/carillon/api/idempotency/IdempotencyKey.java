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
                "1 to 255 printable ASCII characters. Repeating the request with the same key within 24 hours returns the first"
                        + " reply again, with the header Idempotent-Replayed, and does nothing twice.",
        schema = @Schema(implementation = String.class, minLength = 1, maxLength = 255))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface IdempotencyKey {}
