package dev.carillon.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.User;
import dev.carillon.core.user.Users;
import io.micronaut.context.ApplicationContext;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Origin BROWSER = new Origin("A browser\u0007", InetAddress.getLoopbackAddress());
    private static TestCarillon carillon;
    private static Sessions sessions;
    private static User ada;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.sessions.idle", "1h", "carillon.sessions.absolute", "2h"));
        sessions = carillon.bean(Sessions.class);
        ada = carillon.bean(Users.class).findOrMake(new EmailAddress("ada@example.org"));
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void aSessionIsFoundWithItsUserUntilItIsEnded() {
        var session = sessions.open(ada.id(), BROWSER);

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

    // Without this somebody who signs out stays signed in at the process that their next request comes to.
    @Test
    void anEndedSessionLetsNobodyInAtAnotherProcessAfterASecond() {
        var settings = new HashMap<>(TestCarillon.settingsOf(carillon.database()));
        settings.put(TestCarillon.DIALECT, "POSTGRES");
        settings.put("carillon.redis.url", "redis://127.0.0.1:1");
        try (var other = ApplicationContext.builder()
                .properties(settings)
                .deduceEnvironment(false)
                .start()) {
            var session = sessions.open(ada.id(), BROWSER);
            var there = other.getBean(Sessions.class);
            var found = there.find(session.id(), BROWSER).orElseThrow();

            sessions.end(found, session.id());

            await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(there.find(session.id(), BROWSER))
                    .isEmpty());
        }
    }

    @Test
    void theOthersAreEndedAndThisOneStays() {
        var grace = carillon.bean(Users.class).findOrMake(new EmailAddress("grace@example.org"));
        var here = sessions.open(grace.id(), BROWSER);
        var there = sessions.open(grace.id(), BROWSER);
        var adas = sessions.open(ada.id(), BROWSER);
        var signedIn = sessions.find(here.id(), BROWSER).orElseThrow();

        assertThat(sessions.list(signedIn)).extracting(Session::id).containsExactly(there.id(), here.id());
        assertThat(sessions.endOthers(signedIn)).isEqualTo(1);

        assertThat(sessions.list(signedIn)).extracting(Session::id).containsExactly(here.id());
        assertThat(sessions.find(there.id(), BROWSER)).isEmpty();
        assertThat(sessions.findNow(adas.id(), BROWSER)).as("somebody else's").isPresent();
        assertThatThrownBy(() -> sessions.end(signedIn, adas.id())).hasMessageStartingWith("not_found");
    }

    @Test
    void aSessionEndsByItselfWhenNobodyComes() {
        try (var brief =
                TestCarillon.start(Map.of("carillon.sessions.idle", "100ms", "carillon.sessions.absolute", "1h"))) {
            var user = brief.bean(Users.class).findOrMake(new EmailAddress("ada@example.org"));
            var session = brief.bean(Sessions.class).open(user.id(), BROWSER);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(brief.bean(Sessions.class).findNow(session.id(), BROWSER))
                            .isEmpty());
        }
    }

    @Test
    void nobodysSessionIsNotThere() {
        assertThat(sessions.find(new Ids().next(SessionId.KIND), BROWSER)).isEmpty();
    }
}
