package dev.carillon.core.mail;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

@Factory
class MailFactory {
    @Singleton
    Mailer mailer(MailConfig config) {
        return config.smtpUrl().isBlank() ? new ConsoleMailer(System.out) : SmtpMailer.of(config);
    }
}
