package dev.carillon.app.bench.api;

import dev.carillon.core.database.DatabasePools;
import dev.carillon.core.database.DatabaseRole;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

@Singleton
@Requires(property = HelloController.WANTED, value = "true")
class HelloQueries {
    private final DataSource pool;

    HelloQueries(DatabasePools pools) {
        this.pool = pools.pool(DatabaseRole.APP);
    }

    /** The text of one row, by primary key, in a transaction of one statement. */
    String text(UUID id) {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(ArchiveQueries.BARE_SELECT)) {
            statement.setObject(1, id);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("no row " + id);
                }
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
