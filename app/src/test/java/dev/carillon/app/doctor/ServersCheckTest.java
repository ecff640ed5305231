package dev.carillon.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.app.doctor.Finding.Level;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.testkit.TestDatabase;
import dev.carillon.testkit.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uses a real PostgreSQL and a real Redis. */
class ServersCheckTest {
    private static TestDatabase database;

    @BeforeAll
    static void make() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void aMigratedDatabaseIsFineForItsOwnerAndForTheOtherLogins() {
        assertThat(run(owner(), true)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.text()).contains("PostgreSQL").contains("migrated");
        });
        assertThat(run(owner().as(database.appUser(), database.appPassword()), false))
                .extracting(Finding::level)
                .containsExactly(Level.OK);
    }

    @Test
    void aWrongPasswordIsAProblemThatDoesNotRepeatIt() {
        assertThat(run(owner().as(database.ownerUser(), "hush"), true))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                    assertThat(finding.text())
                            .contains("password authentication failed")
                            .contains("CARILLON_DATABASE_URL")
                            .doesNotContain("hush");
                });
    }

    @Test
    void aClockThatIsNotTheDatabasesIsAWarning() {
        var late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2));

        assertThat(new DatabaseCheck("CARILLON_DATABASE_URL", owner(), true, null, late).run())
                .extracting(Finding::level)
                .contains(Level.WARNING);
    }

    @Test
    void aMasterKeyFitsADatabaseThatHasNoneYet() {
        var key = new MasterKey(MasterKey.generate());

        assertThat(new DatabaseCheck("CARILLON_DATABASE_URL", owner(), true, key, Clock.systemUTC()).run())
                .extracting(Finding::level)
                .containsExactly(Level.OK);
    }

    @Test
    void aRedisThatAnswersIsFine() {
        assertThat(new RedisCheck(TestRedis.uri()).run()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.text()).contains("version ");
        });
    }

    @Test
    void aRedisThatIsAwayIsAWarningWithoutItsPassword() throws IOException {
        assertThat(new RedisCheck("redis://me:hush@127.0.0.1:" + unusedPort()).run())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.WARNING);
                    assertThat(finding.text()).contains("nothing listens there").doesNotContain("hush");
                });
    }

    @Test
    void whatIsNoRedisUrlIsAProblem() {
        assertThat(new RedisCheck("redis.internal:6379").run())
                .extracting(Finding::level)
                .containsExactly(Level.PROBLEM);
    }

    private static List<Finding> run(DatabaseLogin login, boolean owner) {
        return new DatabaseCheck("CARILLON_DATABASE_URL", login, owner, null, Clock.systemUTC()).run();
    }

    private static DatabaseLogin owner() {
        return new DatabaseLogin(database.jdbcUrl(), database.ownerUser(), database.ownerPassword());
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
