package dev.carillon.core.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Connections that run the open transaction's deferred statements before they create a statement. {@link Sql} sends the
 * deferred statements along with its own; a repository does not know about them, and without this it would read stale
 * data or be refused.
 */
final class FlushingConnections implements InvocationHandler {
    private static final Set<String> MAKING_STATEMENTS = Set.of("prepareStatement", "createStatement", "prepareCall");

    private final Connection real;
    private final Runnable whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FlushingConnections(Connection real, Runnable whenClosed) {
        this.real = real;
        this.whenClosed = whenClosed;
    }

    /** Wraps the connection; {@code whenClosed} runs once it is closed. */
    static Connection of(Connection real, Runnable whenClosed) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new FlushingConnections(real, whenClosed));
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
        } finally {
            if (method.getName().equals("close") && closed.compareAndSet(false, true)) {
                whenClosed.run();
            }
        }
    }
}
