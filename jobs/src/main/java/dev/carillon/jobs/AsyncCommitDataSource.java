package dev.carillon.jobs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A pool whose transactions commit without waiting for the disk. JobRunr's writes may be lost when the database's
 * machine dies: if a job is lost, the lease of its rows expires; if a job runs twice, the generation of its rows stops
 * the second run. The setting is made per transaction and not per connection, because a pooler may give the connection
 * to another client.
 */
final class AsyncCommitDataSource {
    private AsyncCommitDataSource() {}

    static DataSource of(DataSource pool) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            var result = invoke(method.getName(), () -> method.invoke(pool, arguments));
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private static Connection connection(Connection real) {
        return proxy(Connection.class, (self, method, arguments) -> {
            var result = invoke(method.getName(), () -> method.invoke(real, arguments));
            if (method.getName().equals("setAutoCommit") && Boolean.FALSE.equals(arguments[0])) {
                doNotWaitForDisk(real);
            }
            return result;
        });
    }

    private static void doNotWaitForDisk(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL synchronous_commit TO off");
        }
    }

    private interface Call {
        Object run() throws IllegalAccessException, InvocationTargetException;
    }

    private static Object invoke(String name, Call call) throws Throwable {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? new IllegalStateException(name, e) : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(AsyncCommitDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
