package dev.carillon.core.mail;

import java.io.PrintStream;

/** Prints mail where a developer sees it, links included, and says that it was not sent. Not a log: nothing collects it. */
final class ConsoleMailer implements Mailer {
    private final PrintStream console;

    ConsoleMailer(PrintStream console) {
        this.console = console;
    }

    @Override
    public void send(Mail mail) {
        console.printf("""
                --- mail, printed and not sent: no SMTP server is set ---
                To: %s
                Subject: %s

                %s
                ---
                """, mail.to(), mail.subject(), mail.text());
    }
}
