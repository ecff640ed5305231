package dev.carillon.sandbox.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Why a call was refused.
 *
 * @param platformError what the simulated platform would have said; absent if unknown
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ErrorBody(Detail error, @Nullable JsonNode platformError) {
    @Serdeable
    record Detail(String code, String message) {}
}
