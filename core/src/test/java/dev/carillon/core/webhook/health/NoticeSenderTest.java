package dev.carillon.core.webhook.health;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoticeSenderTest {
    private static GreenMail server;
    private static ServerSetup address;
    private static TestCarillon carillon;
    private static NoticeSender notices;
    private Actor actor;
    private WebhookEndpoint endpoint;

    @BeforeAll
    static void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        int port = server.getSmtp().getPort();
        address = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        carillon = TestCarillon.start(Map.of(
                "carillon.mail.smtp-url", "smtp://127.0.0.1:" + port, "carillon.mail.from", "hello@example.com"));
        notices = carillon.bean(NoticeSender.class);
    }

    @BeforeEach
    void newTenant() throws SQLException {
        actor = carillon.actor(carillon.newKey(carillon.newWorkspace(), Mode.LIVE));
        endpoint = carillon.bean(WebhookEndpointService.class)
                .create(actor, anEndpoint("https://hooks.example.com/in?token=hidden", "*"))
                .endpoint();
        for (var name : List.of("one", "two")) {
            update("""
                    WITH person AS (INSERT INTO app_user (id, email) VALUES (gen_random_uuid(), '%s') RETURNING id)
                    INSERT INTO member (id, workspace_id, user_id, role) SELECT gen_random_uuid(), '%s', id, 'owner' FROM person
                    """.formatted(mailbox(name), actor.workspace().value()));
        }
    }

    @AfterEach
    void clear() throws SQLException {
        update("DELETE FROM webhook_notice");
    }

    @AfterAll
    static void stop() {
        carillon.close();
        server.stop();
    }

    @Test
    void eachOwnerIsTold() throws SQLException {
        happens("failing");

        assertThat(notices.mailNext()).isTrue();

        assertThat(subjectsTo("one")).containsExactly("Webhooks fail at hooks.example.com");
        assertThat(subjectsTo("two")).hasSize(1);
        assertThat(left()).isZero();
        assertThat(notices.mailNext()).isFalse();
    }

    @Test
    void noMailShowsMoreOfAnAddressThanItsHost() throws SQLException {
        for (var kind : List.of("failing", "disabled", "recovered")) {
            happens(kind);
            assertThat(notices.mailNext()).isTrue();
        }

        assertThat(textsTo("one")).hasSize(3).allSatisfy(text -> assertThat(text)
                .contains("hooks.example.com", endpoint.id().toString(), "28 November 2026, 10:03 UTC", "in live mode")
                .doesNotContain("hidden", "null"));
    }

    // A recipient who already got the mail must not get it again because the server refused another recipient.
    @Test
    void whatTheServerDoesNotTakeIsMailedAgainLaterToThoseWhoWereNotTold() throws SQLException {
        happens("failing");
        server.stop();

        assertThat(notices.mailNext()).isTrue();

        assertThat(left()).isOne();
        assertThat(notices.mailNext()).as("the retry is not due yet").isFalse();
        server = new GreenMail(address);
        server.start();
        update("""
                UPDATE webhook_notice
                SET next_at = clock_timestamp(), told = ARRAY(SELECT id FROM app_user WHERE email = '%s')
                """.formatted(mailbox("one")));

        assertThat(notices.mailNext()).isTrue();

        assertThat(subjectsTo("one")).isEmpty();
        assertThat(subjectsTo("two")).hasSize(1);
        assertThat(left()).isZero();
    }

    @Test
    void nobodyHearsOfAnEndpointThatWasDeletedSince() throws SQLException {
        happens("failing");
        carillon.bean(WebhookEndpointService.class).delete(actor, endpoint.id());

        assertThat(notices.mailNext()).isTrue();

        assertThat(subjectsTo("one")).isEmpty();
        assertThat(left()).isZero();
    }

    private void happens(String kind) throws SQLException {
        update("""
                INSERT INTO webhook_notice (workspace_id, livemode, endpoint_id, kind, failing_since)
                VALUES ('%s', true, '%s', '%s', '2026-11-28T10:03:00Z')
                """.formatted(actor.workspace().value(), endpoint.id().value(), kind));
    }

    private String mailbox(String name) {
        return "%s.%s@example.com".formatted(name, actor.workspace().value());
    }

    private List<String> subjectsTo(String name) {
        return messages(name, MimeMessage::getSubject);
    }

    private List<String> textsTo(String name) {
        return messages(name, message -> message.getContent().toString());
    }

    private interface Part {
        String of(MimeMessage message) throws MessagingException, IOException;
    }

    private List<String> messages(String name, Part part) {
        return Arrays.stream(server.getReceivedMessagesForDomain(mailbox(name)))
                .map(message -> {
                    try {
                        return part.of(message);
                    } catch (MessagingException | IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private static long left() throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM webhook_notice")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void update(String change) throws SQLException {
        try (var connection = carillon.database().asOwner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(change);
        }
    }
}
