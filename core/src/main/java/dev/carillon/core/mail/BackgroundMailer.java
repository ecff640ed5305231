package dev.carillon.core.mail;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mail in the background, so that a request takes the same time whether or not it sends mail. A mail that the
 * server does not accept, or that is still waiting when the process dies, is lost; use it only for mail that can be
 * requested again.
 */
@Singleton
public class BackgroundMailer {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundMailer.class);
    private static final int PATIENCE_SECONDS = 10;

    private final Mailer mailer;
    private final Map<Share, Queue> queues = new EnumMap<>(Share.class);

    BackgroundMailer(Mailer mailer) {
        this.mailer = mailer;
        for (var share : Share.values()) {
            queues.put(share, new Queue(new Semaphore(share.mostWaiting), new Semaphore(share.atATime)));
        }
    }

    /** Separate queues, so that waiting invitations never keep people from signing in. */
    public enum Share {
        SIGN_IN(300, 5),
        INVITATIONS(200, 3);

        private final int mostWaiting;
        private final int atATime;

        Share(int mostWaiting, int atATime) {
            this.mostWaiting = mostWaiting;
            this.atATime = atATime;
        }
    }

    private record Queue(Semaphore waiting, Semaphore sending) {}

    /** Never fails and never waits. */
    public void put(Share share, Mail mail) {
        var queue = queueOf(share);
        if (!queue.waiting().tryAcquire()) {
            LOG.atWarn()
                    .addKeyValue("share", share)
                    .addKeyValue("waiting", share.mostWaiting)
                    .log("mail dropped because too many are waiting");
            return;
        }
        Thread.ofVirtual().name("mail").start(() -> {
            try {
                send(queue, mail);
            } finally {
                queue.waiting().release();
            }
        });
    }

    private void send(Queue queue, Mail mail) {
        queue.sending().acquireUninterruptibly();
        try {
            mailer.send(mail);
        } catch (MailDeliveryException e) {
            var cause = e.getCause();
            // The server's message may repeat the address.
            LOG.atWarn()
                    .addKeyValue(
                            "cause",
                            cause == null ? "unknown" : cause.getClass().getSimpleName())
                    .log("the mail server did not accept a mail; it is not sent again");
        } finally {
            queue.sending().release();
        }
    }

    private Queue queueOf(Share share) {
        return Objects.requireNonNull(queues.get(share));
    }

    /** Sends the waiting mail before the process ends. */
    @PreDestroy
    void drain() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (var share : Share.values()) {
            if (!queueOf(share)
                    .waiting()
                    .tryAcquire(share.mostWaiting, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.atWarn().addKeyValue("share", share).log("the process ends before all waiting mail was sent");
            }
        }
    }
}
