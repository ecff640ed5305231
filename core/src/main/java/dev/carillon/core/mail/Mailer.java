package dev.carillon.core.mail;

/** Sends mail. Blocks until the server has taken it; it belongs outside of transactions. */
public interface Mailer {
    /**
     * Sends it once.
     *
     * @throws MailNotTaken when the server refused it or could not be reached; in doubt it may have arrived
     */
    void send(Mail mail);
}
