package dev.carillon.localservers;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Queries of running servers and of the process table. */
final class Servers {
    private Servers() {}

    static LocalServers start(Path folder) {
        return LocalServers.start(folder, LocalServers.Options.FORGETFUL);
    }

    static void update(PostgresAddress address, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(PostgresAddress address, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** The first line of Redis's answer, or the value if it returns one. */
    static String redis(RedisAddress address, String command) throws IOException {
        return RedisCommand.of(command.split(" ", -1)).sendTo(address);
    }

    static ServerProcess postgresOf(Path folder) throws IOException {
        return new ServerProcess("postgres", folder.toRealPath().resolve("postgres"));
    }

    static ServerProcess redisOf(Path folder) throws IOException {
        return new ServerProcess("redis-server", folder.toRealPath().resolve("redis/redis.conf"));
    }
}
