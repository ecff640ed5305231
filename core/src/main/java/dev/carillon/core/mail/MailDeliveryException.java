package dev.carillon.core.mail;

/** The mail server did not confirm that it accepted the mail. */
public final class MailDeliveryException extends RuntimeException {
    MailDeliveryException(Throwable cause) {
        super("the mail server did not accept a mail", cause);
    }
}
