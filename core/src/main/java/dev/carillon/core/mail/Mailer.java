package dev.carillon.core.mail;

/** Sends mail. Blocks until the server has accepted it; do not call it inside a transaction. */
public interface Mailer {
    /**
     * Sends it once.
     *
     * @throws MailDeliveryException when the server refused it or could not be reached; it may have arrived nevertheless
     */
    void send(Mail mail);
}
