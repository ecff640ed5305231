package dev.carillon.api.sandbox;

import dev.carillon.connectors.sandbox.SandboxFaults.Fault;
import dev.carillon.core.kernel.Wire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Trouble that strikes posts of this workspace on the sandbox platform.
 *
 * @param object always {@code sandbox_fault}
 * @param accountId the only account that it strikes; null for every account of the workspace
 * @param count how many calls it strikes before it is used up
 * @param hits how many it has struck
 * @param remaining how many it may still strike
 * @param probability with which it strikes a call
 * @param seed from which the draws follow
 * @param seconds how long it lasts; null for kinds that take no time
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
