package dev.carillon.core.mail;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How mail is sent.
 *
 * @param smtpUrl {@code smtp://user:password@host:587} (TLS by STARTTLS) or {@code smtps://user:password@host:465},
 *     with special characters percent-encoded; if empty, mail is printed instead of sent
 * @param from the sender, for example {@code Carillon <hello@example.com>}
 * @param timeout for each exchange with the server
 */
@ConfigurationProperties("carillon.mail")
public record MailConfig(
        @Bindable(defaultValue = "") String smtpUrl,

        @Bindable(defaultValue = "Carillon <carillon@localhost>")
        String from,

        @Bindable(defaultValue = "10s") Duration timeout) {
    /**
     * Parses the server's URL without connecting to it.
     *
     * @throws IllegalArgumentException if it is not valid; the message does not repeat the URL
     */
    public void check() {
        if (!smtpUrl.isBlank()) {
            SmtpMailer.read(smtpUrl);
        }
    }

    @Override
    public String toString() {
        return "MailConfig[from=" + from + "]";
    }
}
