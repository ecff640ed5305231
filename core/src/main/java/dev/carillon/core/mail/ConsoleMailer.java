package dev.carillon.core.mail;

import java.io.PrintStream;

/**
 * Prints mail on the console for developers, links included, and says that it was not sent. It does not use the log, so
 * that nothing collects it.
 */
final class ConsoleMailer implements Mailer {
    private final PrintStream console;

    ConsoleMailer(PrintStream console) {
        this.console = console;
    }

    @Override
    public void send(Mail mail) {
        console.printf("""
                --- mail printed, not sent: CARILLON_SMTP_URL is not set ---
                To: %s
                Subject: %s

                %s
                ---
                """, mail.to(), mail.subject(), mail.text());
    }
}
