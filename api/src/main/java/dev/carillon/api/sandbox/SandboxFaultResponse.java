package dev.carillon.api.sandbox;

import dev.carillon.connectors.sandbox.SandboxFaults.Fault;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fault for posts of this workspace on the sandbox platform.
 *
 * @param object always {@code sandbox_fault}
 * @param accountId the only account that the fault hits; null for every account of the workspace
 * @param count how many calls the fault hits before it is used up
 * @param hits how many calls it has hit
 * @param remaining how many more calls it can hit
 * @param probability the probability that the fault hits a call
 * @param seed the seed of the random choices
 * @param seconds how long the fault lasts; null for kinds that take no time
 */
@Wire
record SandboxFaultResponse(
        String id,
        String object,
        String kind,
        @Nullable String accountId,
        int count,
        int hits,
        int remaining,
        double probability,
        int seed,
        @Nullable Integer seconds,
        boolean livemode,
        Instant createdAt) {

    static SandboxFaultResponse of(Fault fault) {
        return new SandboxFaultResponse(
                fault.id(),
                "sandbox_fault",
                fault.kind(),
                fault.account(),
                fault.count(),
                fault.hits(),
                fault.count() - fault.hits(),
                fault.probability(),
                fault.seed(),
                fault.seconds() == 0 ? null : fault.seconds(),
                false,
                fault.createdAt());
    }
}
