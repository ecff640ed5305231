package dev.carillon.api.sandbox;

import dev.carillon.api.input.JsonObject;
import dev.carillon.connectors.sandbox.SandboxFaults.Wanted;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault for posts of this workspace on the sandbox platform. A retried post is a new call.
 *
 * @param kind for example {@code rate_limited}; an unknown kind is refused with a list of all kinds
 * @param accountId the only account that the fault hits; by default every account of the workspace
 * @param count how many calls the fault hits before it is used up; 1 by default
 * @param probability the probability that the fault hits a call, from 0 to 1; 1 by default
 * @param seed the seed of the random choices: the same seed and the same order of calls hit the same calls; if you omit it, Carillon
 *     chooses one
 * @param seconds how long the fault lasts, for the kinds that take time; each has a default
 */
@Wire
@Schema(requiredProperties = "kind")
record CreateSandboxFaultRequest(
        String kind,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String accountId,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = "1000000")
        Integer count,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = "1")
        Double probability,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = "2147483647")
        Integer seed,

        @Nullable @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = "3600")
        Integer seconds) {
    private static final String ACCOUNT_ID = "account_id";

    private static final int LONGEST_WORD = 100;
    private static final int MOST_CALLS = 1_000_000;
    private static final int MOST_SECONDS = 3600;
    private static final String PROBABILITY = "probability";

    static Wanted read(JsonObject body) {
        body.only(Set.of("kind", ACCOUNT_ID, "count", PROBABILITY, "seed", "seconds"));
        return new Wanted(
                body.requiredText("kind", LONGEST_WORD, "rate_limited"),
                body.id(ACCOUNT_ID, AccountId.KIND),
                body.whole("count", 1, MOST_CALLS),
                probability(body),
                body.whole("seed", 0, Integer.MAX_VALUE),
                body.whole("seconds", 1, MOST_SECONDS));
    }

    private static @Nullable Double probability(JsonObject body) {
        return switch (body.value(PROBABILITY)) {
            case null -> null;
            case Number number when number.doubleValue() >= 0 && number.doubleValue() <= 1 -> number.doubleValue();
            default -> throw body.invalid(PROBABILITY, "probability must be a number between 0 and 1, such as 0.5.");
        };
    }
}
