package dev.carillon.core.workspace;

import dev.carillon.core.kernel.WorkspaceId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface PlanRepository extends GenericRepository<Plan, String> {
    @Query("SELECT plan.* FROM plan JOIN workspace ON workspace.plan_id = plan.id WHERE workspace.id = :workspace")
    Optional<Plan> findByWorkspace(UUID workspace);

    default Plan of(WorkspaceId workspace) {
        return findByWorkspace(workspace.value())
                .orElseThrow(() -> new IllegalStateException("no workspace " + workspace));
    }
}
