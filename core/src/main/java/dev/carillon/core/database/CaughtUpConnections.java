package dev.carillon.core.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections on which whoever makes a statement finds done what the open transaction owes. {@link Sql} takes its statements along; a
 * repository knows nothing of them, and would see a database that is behind, or not be let in.
 */
record CaughtUpConnections(Connection real) implements InvocationHandler {
    private static final Set<String> MAKING_STATEMENTS = Set.of("prepareStatement", "createStatement", "prepareCall");

    static Connection of(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, new CaughtUpConnections(real));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (MAKING_STATEMENTS.contains(method.getName())) {
            Transactions.catchUp(real);
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }
}
