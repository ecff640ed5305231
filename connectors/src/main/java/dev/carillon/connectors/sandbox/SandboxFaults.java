package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.sandbox.SandboxApi.FaultPage;
import dev.carillon.connectors.sandbox.SandboxApi.NewFault;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.FaultId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Faults that a workspace requests from the sandbox platform; they affect that workspace's posts only. Every method
 * throws {@code platform_unreachable} if the platform does not answer.
 */
@Singleton
public final class SandboxFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SandboxApi api;
    private final Ids ids;

    SandboxFaults(SandboxApi api, Ids ids) {
        this.api = api;
        this.ids = ids;
    }

    /**
     * A requested fault; the platform's default applies to everything that is null.
     *
     * @param kind the platform's name of the kind
     * @param account the only account that it affects
     * @param count the most calls that it affects
     * @param probability that it affects a call, from 0 to 1
     * @param seed of the random draws
     * @param seconds how long it lasts, for kinds that take time
     */
    public record Wanted(
            String kind,
            @Nullable AccountId account,
            @Nullable Integer count,
            @Nullable Double probability,
            @Nullable Integer seed,
            @Nullable Integer seconds) {}

    /**
     * A fault on the sandbox platform.
     *
     * @param account the id of the only account that it affects; null for every account of the workspace
     * @param seconds 0 for kinds that take no time
     * @param hits how many calls it has affected
     */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record Fault(
            String id,
            String kind,
            @Nullable String account,
            int count,
            double probability,
            int seed,
            int seconds,
            int hits,
            Instant createdAt) {}

    /**
     * Creates a fault. The caller checks that the workspace has the account.
     *
     * @throws ApiException {@code invalid_parameter} with the field, or {@code limit_reached}
     */
    public Fault add(WorkspaceId workspace, Wanted wanted) {
        var account = wanted.account();
        var fault = new NewFault(
                wanted.kind(),
                account == null ? null : account.toString(),
                wanted.count(),
                wanted.probability(),
                wanted.seed(),
                wanted.seconds());
        return read(api.addFault(workspace, ids.next(FaultId.KIND), fault, Deadline.in(PATIENCE)));
    }

    /**
     * Lists a workspace's faults, newest first.
     *
     * @throws ApiException {@code invalid_cursor}
     */
    public Page<Fault> list(WorkspaceId workspace, PageRequest page) {
        var after = Optional.ofNullable(page.after(FaultId.KIND)).map(FaultId::toString);
        var reply = api.faults(workspace, after, page.limit(), Deadline.in(PATIENCE));
        var read = SandboxReplies.read(api, reply, FaultPage.class);
        return new Page<>(read.data(), read.nextCursor());
    }

    /**
     * Returns one fault.
     *
     * @throws ApiException {@code not_found}, also for another workspace's fault
     */
    public Fault get(WorkspaceId workspace, FaultId id) {
        return existing(id, api.fault(workspace, id, Deadline.in(PATIENCE)));
    }

    /**
     * Deletes a fault.
     *
     * @return the fault as it was before
     * @throws ApiException {@code not_found}, also for another workspace's fault
     */
    public Fault delete(WorkspaceId workspace, FaultId id) {
        return existing(id, api.deleteFault(workspace, id, Deadline.in(PATIENCE)));
    }

    private Fault existing(FaultId id, OutboundReply reply) {
        if (reply instanceof Answered answer && answer.status() == 404) {
            throw ErrorCode.NOT_FOUND.because("There is no sandbox fault %s.".formatted(id));
        }
        return read(reply);
    }

    private Fault read(OutboundReply reply) {
        return SandboxReplies.read(api, reply, Fault.class);
    }
}
