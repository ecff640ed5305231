package dev.carillon.localservers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
        try (var socket = new Socket(address.host(), address.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var line = reader.readLine();
            return line.startsWith("$") && !line.equals("$-1") ? reader.readLine() : line;
        }
    }

    static ServerProcess postgresOf(Path folder) throws IOException {
        return new ServerProcess("postgres", folder.toRealPath().resolve("postgres"));
    }

    static ServerProcess redisOf(Path folder) throws IOException {
        return new ServerProcess("redis-server", folder.toRealPath().resolve("redis/redis.conf"));
    }
}
