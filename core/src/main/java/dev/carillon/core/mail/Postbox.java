package dev.carillon.core.mail;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mail beside the request that wants it, which then takes as long whether or not there is one. A mail that the server does not take, or
 * that is waiting when the process dies, is lost: it is for what can be asked for again.
 */
@Singleton
public class Postbox {
    private static final Logger LOG = LoggerFactory.getLogger(Postbox.class);
    private static final int MOST_WAITING = 500;
    private static final int AT_A_TIME = 8;
    private static final int PATIENCE_SECONDS = 10;

    private final Mailer mailer;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore sending = new Semaphore(AT_A_TIME);

    Postbox(Mailer mailer) {
        this.mailer = mailer;
    }

    /** Never fails and never waits. */
    public void put(Mail mail) {
        if (!waiting.tryAcquire()) {
            LOG.atWarn().addKeyValue("waiting", MOST_WAITING).log("a mail was dropped, because too many are waiting");
            return;
        }
        Thread.ofVirtual().name("mail").start(() -> {
            try {
                send(mail);
            } finally {
                waiting.release();
            }
        });
    }

    private void send(Mail mail) {
        sending.acquireUninterruptibly();
        try {
            mailer.send(mail);
        } catch (MailNotTaken e) {
            var cause = e.getCause();
            // A server's words may repeat the address.
            LOG.atWarn()
                    .addKeyValue(
                            "cause",
                            cause == null ? "unknown" : cause.getClass().getSimpleName())
                    .log("a mail was not taken by the server");
        } finally {
            sending.release();
        }
    }

    /** Lets what is waiting go out before the process ends. */
    @PreDestroy
    void drain() throws InterruptedException {
        if (!waiting.tryAcquire(MOST_WAITING, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            LOG.atWarn().log("the process ends while mail is waiting");
        }
    }
}
