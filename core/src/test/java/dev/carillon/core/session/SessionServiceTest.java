package dev.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.User;
import dev.carillon.core.user.UserService;
import io.micronaut.context.ApplicationContext;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionServiceTest {
    private static final Origin BROWSER = new Origin("A browser\u0007", InetAddress.getLoopbackAddress());
    private static TestCarillon carillon;
    private static SessionService sessions;
    private static User ada;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.sessions.idle", "1h", "carillon.sessions.absolute", "2h"));
        sessions = carillon.bean(SessionService.class);
        ada = carillon.bean(UserService.class).findOrMake(new EmailAddress("ada@example.org"));
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void aSessionIsFoundWithItsUserUntilItIsEnded() {
        var session = sessions.open(ada.id(), BROWSER, null);

        var found = sessions.find(session.id(), BROWSER).orElseThrow();

        assertThat(found.user()).isEqualTo(ada);
        assertThat(found.session().userAgent()).isEqualTo("A browser?");
        assertThat(found.session().expiresAt()).isEqualTo(session.expiresAt());
        assertThat(Duration.between(session.createdAt(), session.expiresAt()))
                .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(121));
        sessions.end(found, session.id());
        assertThat(sessions.find(session.id(), BROWSER)).isEmpty();
        assertThatThrownBy(() -> sessions.end(found, session.id())).hasMessageStartingWith("not_found");
    }

    // Without this, a user who signs out would stay signed in at another process.
    @Test
    void anEndedSessionLetsNobodyInAtAnotherProcessAfterASecond() {
        var settings = new HashMap<>(TestCarillon.settingsOf(carillon.database()));
        settings.put(TestCarillon.DIALECT, "POSTGRES");
        settings.put("carillon.redis.url", "redis://127.0.0.1:1");
        try (var other = ApplicationContext.builder()
                .properties(settings)
                .deduceEnvironment(false)
                .start()) {
            var session = sessions.open(ada.id(), BROWSER, null);
            var there = other.getBean(SessionService.class);
            var found = there.find(session.id(), BROWSER).orElseThrow();

            sessions.end(found, session.id());

            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(there.find(session.id(), BROWSER))
                    .isEmpty());
        }
    }

    @Test
    void theOthersAreEndedAndThisOneStays() {
        var grace = carillon.bean(UserService.class).findOrMake(new EmailAddress("grace@example.org"));
        var here = sessions.open(grace.id(), BROWSER, null);
        var there = sessions.open(grace.id(), BROWSER, null);
        var adas = sessions.open(ada.id(), BROWSER, null);
        var signedIn = sessions.find(here.id(), BROWSER).orElseThrow();

        assertThat(sessions.list(signedIn)).extracting(Session::id).containsExactly(there.id(), here.id());
        assertThat(sessions.endOthers(signedIn)).isEqualTo(1);

        assertThat(sessions.list(signedIn)).extracting(Session::id).containsExactly(here.id());
        assertThat(sessions.find(there.id(), BROWSER)).isEmpty();
        assertThat(sessions.find(adas.id(), BROWSER))
                .as("another user's session")
                .isPresent();
        assertThatThrownBy(() -> sessions.end(signedIn, adas.id())).hasMessageStartingWith("not_found");
    }

    @Test
    void aSessionEndsByItselfWhenNobodyComes() {
        try (var brief =
                TestCarillon.start(Map.of("carillon.sessions.idle", "100ms", "carillon.sessions.absolute", "1h"))) {
            var user = brief.bean(UserService.class).findOrMake(new EmailAddress("ada@example.org"));
            var session = brief.bean(SessionService.class).open(user.id(), BROWSER, null);

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            brief.bean(SessionService.class).findAgain(session.id()))
                    .isEmpty());
        }
    }

    // If the session were read first and written later, one that ended in between would stay valid while the write
    // waits for a connection.
    @Test
    void aSessionThatEndsWhileItIsSeenIsOver() throws Exception {
        var session = sessions.open(ada.id(), BROWSER, null);
        var elsewhere = new Origin("A browser", InetAddress.ofLiteral("192.0.2.1"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("UPDATE user_session SET ended_at = clock_timestamp() WHERE id = '%s'"
                    .formatted(session.id().value()));
            var found = threads.submit(() -> sessions.find(session.id(), elsewhere));
            await().atMost(Duration.ofSeconds(10)).until(SessionServiceTest::somebodyWaitsForALock);

            connection.commit();

            assertThat(found.get()).isEmpty();
        }
    }

    private static boolean somebodyWaitsForALock() throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement();
                var waiting = statement.executeQuery("""
                        SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND NOT granted
                        """)) {
            return waiting.next() && waiting.getInt(1) == 1;
        }
    }

    @Test
    void aBrowserThatSignsInAnewLeavesItsFormerSession() {
        var hedy = carillon.bean(UserService.class).findOrMake(new EmailAddress("hedy@example.org"));
        var adas = sessions.open(ada.id(), BROWSER, null);
        var elsewhere = sessions.open(hedy.id(), BROWSER, null);

        var hers = sessions.open(hedy.id(), BROWSER, adas.id());
        var again = sessions.open(hedy.id(), BROWSER, hers.id());

        assertThat(sessions.findAgain(adas.id()))
                .as("the session of the browser's previous user")
                .isEmpty();
        assertThat(sessions.findAgain(hers.id())).isEmpty();
        assertThat(sessions.findAgain(elsewhere.id()))
                .as("the session in another browser")
                .isPresent();
        assertThat(sessions.findAgain(again.id())).isPresent();
    }

    // A program that signs in each time and never signs out would fill the table and the user's list of sessions.
    @Test
    void ofManySessionsTheNewestStay() {
        var mary = carillon.bean(UserService.class).findOrMake(new EmailAddress("mary@example.org"));
        var opened = IntStream.range(0, SessionService.MOST + 2)
                .mapToObj(i -> sessions.open(mary.id(), BROWSER, null).id())
                .toList();

        var signedIn = sessions.find(opened.getLast(), BROWSER).orElseThrow();

        assertThat(sessions.list(signedIn))
                .extracting(Session::id)
                .containsExactlyElementsOf(opened.subList(2, opened.size()).reversed());
        assertThat(sessions.find(opened.getFirst(), BROWSER)).isEmpty();
    }

    @Test
    void nobodysSessionIsNotThere() {
        assertThat(sessions.find(new Ids().next(SessionId.KIND), BROWSER)).isEmpty();
    }
}
