package dev.carillon.api.sandbox;

import dev.carillon.api.input.Example;
import dev.carillon.api.input.Limits;
import dev.carillon.api.input.ReadAs;
import dev.carillon.connectors.sandbox.SandboxFaults.Wanted;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Wire;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
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
        @Limits(least = 1, most = CreateSandboxFaultRequest.LONGEST_WORD) @Example("rate_limited")
        String kind,

        @Nullable @ReadAs(AccountId.class) @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        String accountId,

        @Nullable
        @Limits(least = 1, most = CreateSandboxFaultRequest.MOST_CALLS)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = "1000000")
        Integer count,

        @Nullable
        @Limits(most = 1)
        @Example("0.5")
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = "1")
        Double probability,

        @Nullable
        @Limits(most = Integer.MAX_VALUE)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "0", maximum = "2147483647")
        Integer seed,

        @Nullable
        @Limits(least = 1, most = CreateSandboxFaultRequest.MOST_SECONDS)
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, minimum = "1", maximum = "3600")
        Integer seconds) {
    static final int LONGEST_WORD = 100;
    static final int MOST_CALLS = 1_000_000;
    static final int MOST_SECONDS = 3600;

    Wanted toWanted() {
        return new Wanted(
                kind,
                accountId == null ? null : AccountId.KIND.read(accountId).orElseThrow(),
                count,
                probability,
                seed,
                seconds);
    }
}
