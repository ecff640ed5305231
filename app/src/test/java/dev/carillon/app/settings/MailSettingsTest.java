package dev.carillon.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a process reads from {@code application.yml} before anything starts. */
class MailSettingsTest {
    private static final String SMTP_URL = "carillon.mail.smtp-url";

    // Any other value would be taken for a server's address, and sign-in mails would fail.
    @Test
    void noServerIsNamedUnlessSomebodyNamesOne() {
        assertThat(smtpUrl(Map.of())).isEmpty();
    }

    @Test
    void theServerIsTheOneThatTheEnvironmentNames() {
        assertThat(smtpUrl(Map.of("carillon.smtp.url", "smtp://localhost:2525")))
                .isEqualTo("smtp://localhost:2525");
    }

    private static String smtpUrl(Map<String, Object> named) {
        var environment = ApplicationContext.builder().properties(named).build().getEnvironment();
        environment.start();
        try {
            return environment.getRequiredProperty(SMTP_URL, String.class);
        } finally {
            environment.stop();
        }
    }
}
