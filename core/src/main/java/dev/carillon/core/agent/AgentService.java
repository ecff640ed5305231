package dev.carillon.core.agent;

import static dev.carillon.core.kernel.ErrorCode.LIMIT_REACHED;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.signal.Signal;
import dev.carillon.core.signal.Signals;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/** Creates, shows and disables agents. Every operation needs {@code agents.write}. */
@Singleton
public class AgentService {
    private static final int MOST_AGENTS = 500;

    private final Transactions transactions;
    private final AgentQueries queries;
    private final Signals signals;
    private final Ids ids;

    AgentService(Transactions transactions, AgentQueries queries, Signals signals, Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.signals = signals;
        this.ids = ids;
    }

    /**
     * Creates an agent without keys.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code limit_reached} when the workspace has 500 agents
     */
    public Agent create(Actor actor, AgentDraft draft) {
        actor.require(Scope.AGENTS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            if (queries.count(actor.workspace()) >= MOST_AGENTS) {
                throw LIMIT_REACHED.because(
                        "This workspace has %d agents, which is the limit; use one of them.".formatted(MOST_AGENTS));
            }
            var id = ids.next(AgentId.KIND);
            queries.add(actor.workspace(), id, draft);
            return existing(actor, id);
        });
    }

    public Agent get(Actor actor, AgentId id) {
        actor.require(Scope.AGENTS_WRITE);
        return transactions.inWorkspace(actor, () -> existing(actor, id));
    }

    /** Newest first, disabled ones included. */
    public Page<Agent> list(Actor actor, PageRequest page) {
        actor.require(Scope.AGENTS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var found = queries.list(actor.tenant(), page.after(AgentId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), agent -> agent.id().toString());
        });
    }

    /** Changes an agent's name, owner and metadata. */
    public Agent change(Actor actor, AgentId id, UnaryOperator<AgentDraft> change) {
        actor.require(Scope.AGENTS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var agent = existing(actor, id);
            queries.change(
                    actor.workspace(), id, change.apply(new AgentDraft(agent.name(), agent.owner(), agent.metadata())));
            return existing(actor, id);
        });
    }

    /**
     * Enables or disables an agent. Its keys are accepted or refused accordingly, in both modes and in every process
     * within a second; posts that it has scheduled stay. Repeating it is harmless.
     */
    public Agent enable(Actor actor, AgentId id, boolean enabled) {
        actor.require(Scope.AGENTS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            existing(actor, id);
            if (queries.enable(actor.workspace(), id, enabled)) {
                transactions.afterCommit(() -> signals.send(Signal.API_KEYS_CHANGED));
            }
            return existing(actor, id);
        });
    }

    private Agent existing(Actor actor, AgentId id) {
        return queries.find(actor.tenant(), id)
                .orElseThrow(() -> NOT_FOUND.because("There is no agent %s.".formatted(id)));
    }
}
