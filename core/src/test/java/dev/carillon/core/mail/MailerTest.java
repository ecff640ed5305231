package dev.carillon.core.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MailerTest {
    private static final Mail MAIL =
            new Mail("ada@example.com", "Welcome ☀", "Open https://carillon.example/confirm/1");

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(
                    new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
            .withConfiguration(GreenMailConfiguration.aConfig().withUser("carillon", "p+ss/word"));

    @Test
    void aMailArrivesOverSmtp() throws Exception {
        mailer("smtp://carillon:p+ss%2Fword@127.0.0.1:" + SERVER.getSmtp().getPort())
                .send(MAIL);

        assertThat(SERVER.getReceivedMessages()).singleElement().satisfies(message -> {
            assertThat(message.getSubject()).isEqualTo(MAIL.subject());
            assertThat(message.getAllRecipients()).extracting(Object::toString).containsExactly(MAIL.to());
            assertThat(message.getFrom()).extracting(Object::toString).containsExactly("Carillon <hello@example.com>");
            assertThat(message.getContent().toString()).contains(MAIL.text());
        });
    }

    @Test
    void aServerThatCannotBeReachedIsToldAndShowsNoPassword() {
        var mailer = mailer("smtp://carillon:secret@127.0.0.1:1");

        assertThatThrownBy(() -> mailer.send(MAIL))
                .isInstanceOf(MailDeliveryException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void withoutAServerTheWholeMailIsPrinted() {
        var printed = new ByteArrayOutputStream();

        new ConsoleMailer(new PrintStream(printed, true, StandardCharsets.UTF_8)).send(MAIL);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("not sent", MAIL.to(), MAIL.subject(), MAIL.text());
    }

    @Test
    void aUrlOfAnotherKindIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> mailer("https://user:secret@example.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    /** The exception for an invalid URL would repeat the URL, with its password, in the startup log. */
    @Test
    void aUrlThatCannotBeReadIsRefusedWithoutShowingItsPassword() {
        assertThatThrownBy(() -> mailer("smtp://user:sec ret@example.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("CARILLON_SMTP_URL is not")
                .hasMessageNotContaining("ret@")
                .hasNoCause();
    }

    private static Mailer mailer(String smtpUrl) {
        return new MailFactory().mailer(new MailConfig(smtpUrl, "Carillon <hello@example.com>", Duration.ofSeconds(5)));
    }
}
