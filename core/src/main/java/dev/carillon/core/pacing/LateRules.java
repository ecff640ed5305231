package dev.carillon.core.pacing;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/** The workspaces' rules for late posts. */
@Singleton
public class LateRules {
    private final Transactions transactions;
    private final LateQueries queries;

    LateRules(Transactions transactions, LateQueries queries) {
        this.transactions = transactions;
        this.queries = queries;
    }

    public LateRule get(Actor actor) {
        return transactions.inWorkspace(actor, () -> queries.rule(actor.workspace()));
    }

    /** Changes the rule, also for posts that are already accepted. Needs {@code workspace.admin}. */
    public LateRule change(Actor actor, UnaryOperator<LateRule> change) {
        actor.require(Scope.WORKSPACE_ADMIN);
        return transactions.inWorkspace(actor, () -> {
            var changed = change.apply(queries.rule(actor.workspace()));
            queries.change(actor.workspace(), changed);
            return changed;
        });
    }
}
