package dev.carillon.core.limit;

import dev.carillon.core.database.Sql;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;

@Singleton
class PlanRateQueries {
    private static final String OF_WORKSPACE = """
            SELECT plan.* FROM plan JOIN workspace ON workspace.plan_id = plan.id WHERE workspace.id = ?
            """;

    private final Sql sql;

    PlanRateQueries(Sql sql) {
        this.sql = sql;
    }

    PlanRates of(WorkspaceId workspace) {
        return sql.of(OF_WORKSPACE, workspace).one(PlanRates::of);
    }
}
