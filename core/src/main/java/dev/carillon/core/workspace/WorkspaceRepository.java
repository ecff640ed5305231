package dev.carillon.core.workspace;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface WorkspaceRepository extends GenericRepository<Workspace, UUID> {
    Workspace save(Workspace workspace);

    Optional<Workspace> findById(UUID id);
}
