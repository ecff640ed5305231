package dev.carillon.api.sandbox;

import dev.carillon.api.http.JsonObject;
import dev.carillon.connectors.sandbox.SandboxFaults.Wanted;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trouble that is to strike posts of this workspace on the sandbox platform. A post that is tried again is a new call.
 *
 * @param kind such as {@code rate_limited}; a kind that is unknown is refused with the names of all
 * @param accountId the only account that it strikes; every account of the workspace where it is left out
 * @param count how many calls it strikes before it is used up; 1 where it is left out
 * @param probability with which it strikes a call, from 0 to 1; 1 where it is left out
 * @param seed from which the draws follow: the same seed and the same order of calls strike the same ones; chosen for you where it is
 *     left out
 * @param seconds how long it lasts, for the kinds that take time; each has a usual one
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
                body.requiredText("kind", LONGEST_WORD),
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
            default -> throw body.invalid(PROBABILITY, "probability is a number between 0 and 1.");
        };
    }
}
