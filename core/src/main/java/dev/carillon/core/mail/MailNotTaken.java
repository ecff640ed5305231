package dev.carillon.core.mail;

/** The mail server did not say that it has the mail. */
public final class MailNotTaken extends RuntimeException {
    MailNotTaken(Throwable cause) {
        super("the mail server did not take a mail", cause);
    }
}
