package dev.carillon.connectors.sandbox;

import dev.carillon.connectors.sandbox.SandboxApi.FaultPage;
import dev.carillon.connectors.sandbox.SandboxApi.NewFault;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.FaultId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Refusal;
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
 * Trouble that a workspace asks the sandbox platform for; it strikes that workspace's posts and no others. Everything throws
 * {@code platform_unreachable} when the platform does not answer.
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
     * What is asked for; whatever is null takes the platform's usual value.
     *
     * @param kind by the platform's name of it
     * @param account the only account that it strikes
     * @param count how many calls it strikes at most
     * @param probability with which it strikes a call, from 0 to 1
     * @param seed from which the draws follow
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
     * A fault over there.
     *
     * @param account the only account that it strikes, as an id; null for every one of the workspace
     * @param seconds 0 for kinds that take no time
     * @param hits how many calls it has struck
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
     * Asks for trouble. Whether the workspace has the account is the caller's question.
     *
     * @throws Refusal {@code invalid_parameter} with the field, or {@code limit_reached}
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
     * @throws Refusal {@code invalid_cursor}
     */
    public Page<Fault> list(WorkspaceId workspace, PageRequest page) {
        var after = Optional.ofNullable(page.after(FaultId.KIND)).map(FaultId::toString);
        var reply = api.faults(workspace, after, page.limit(), Deadline.in(PATIENCE));
        var read = SandboxReplies.read(api, reply, FaultPage.class);
        return new Page<>(read.data(), read.nextCursor());
    }

    /**
     * One fault.
     *
     * @throws Refusal {@code not_found}, also for another workspace's
     */
    public Fault get(WorkspaceId workspace, FaultId id) {
        return existing(id, api.fault(workspace, id, Deadline.in(PATIENCE)));
    }

    /**
     * Takes a fault back.
     *
     * @return how it stood
     * @throws Refusal {@code not_found}, also for another workspace's
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
