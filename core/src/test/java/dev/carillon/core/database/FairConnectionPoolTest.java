package dev.carillon.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.testing.TestCarillon;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

class FairConnectionPoolTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int THREADS = 64;

    private static TestCarillon carillon;
    private static DatabasePools pools;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
        pools = carillon.bean(DatabasePools.class);
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void nobodyIsPassedByThoseWhoCameLater() throws Exception {
        var connections = new FairConnectionPool(pools.pool(DatabaseRole.APP), 1, LONG);
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var first = connections.acquire();
        var done = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                done.add(threads.submit(() -> {
                    use(connections, () -> order.add(number));
                    return number;
                }));
                await().until(() -> connections.waiting() == number + 1);
            }
            closed(connections, first);
            for (var one : done) {
                one.get();
            }
        }

        assertThat(order).hasSize(THREADS).isSorted();
    }

    @Test
    void whoeverHasNoTurnInTimeIsTold() throws SQLException {
        var connections = new FairConnectionPool(pools.pool(DatabaseRole.APP), 1, Duration.ofMillis(1));
        var taken = connections.acquire();

        assertThatExceptionOfType(SQLTransientConnectionException.class)
                .isThrownBy(connections::acquire)
                .matches(DatabaseOutage::isCauseOf);

        closed(connections, taken);
        use(connections, () -> {});
    }

    // A permit that is not returned when connecting fails would be lost for good.
    @Test
    void aTurnAtADatabaseThatGivesNoConnectionIsGivenBack() {
        var nowhere = new PGSimpleDataSource();
        nowhere.setServerNames(new String[] {"127.0.0.1"});
        nowhere.setPortNumbers(new int[] {1});
        var connections = new FairConnectionPool(nowhere, 1, Duration.ofMillis(1));

        for (int i = 1; i <= 2; i++) {
            assertThatExceptionOfType(PSQLException.class).as("try %d", i).isThrownBy(connections::acquire);
        }
    }

    @Test
    void aConnectionThatIsClosedTwiceGivesItsTurnBackOnce() throws SQLException {
        var given = new AtomicInteger();
        var connection = FlushingConnections.of(pools.pool(DatabaseRole.APP).getConnection(), given::incrementAndGet);

        connection.close();
        connection.close();

        assertThat(given).hasValue(1);
    }

    private static void use(FairConnectionPool connections, Runnable work) throws SQLException {
        var connection = connections.acquire();
        work.run();
        closed(connections, connection);
    }

    private static void closed(FairConnectionPool connections, Connection connection) throws SQLException {
        connection.close();
        connections.release();
    }
}
