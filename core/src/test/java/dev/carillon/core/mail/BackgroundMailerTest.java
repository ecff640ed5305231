package dev.carillon.core.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.mail.BackgroundMailer.Share;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BackgroundMailerTest {
    private static final Mail MAIL = new Mail("ada@example.org", "Hello", "Hello");

    @Test
    void whoPutsMailInDoesNotWaitForTheServer() throws InterruptedException {
        var open = new CountDownLatch(1);
        var sent = new ConcurrentLinkedQueue<Mail>();
        var mailer = new BackgroundMailer(mail -> {
            awaitOpening(open);
            sent.add(mail);
        });

        for (int i = 0; i < 20; i++) {
            mailer.put(Share.SIGN_IN, MAIL);
        }

        assertThat(sent).isEmpty();
        open.countDown();
        mailer.drain();
        assertThat(sent).as("queued mail is sent before the process ends").hasSize(20);
    }

    @Test
    void aServerThatTakesNothingKeepsNobodyFromSendingMore() {
        var refused = new ConcurrentLinkedQueue<Mail>();
        var mailer = new BackgroundMailer(mail -> {
            refused.add(mail);
            throw new MailDeliveryException(new IllegalStateException("550 no such user"));
        });

        for (int i = 0; i < 20; i++) {
            mailer.put(Share.SIGN_IN, MAIL);
        }

        await().until(() -> refused.size() == 20);
    }

    // Without this, many invitations from one workspace, or a mail server that is slow to accept them, would delay
    // every user's sign-in links.
    @Test
    void howeverManyInvitationsWaitALinkToSignInGoesOut() {
        var invitation = new Mail("grace@example.org", "Invitation", "Invitation");
        var open = new CountDownLatch(1);
        var sent = new ConcurrentLinkedQueue<Mail>();
        var mailer = new BackgroundMailer(mail -> {
            if (mail.equals(invitation)) {
                awaitOpening(open);
            }
            sent.add(mail);
        });
        for (int i = 0; i < 1_000; i++) {
            mailer.put(Share.INVITATIONS, invitation);
        }

        mailer.put(Share.SIGN_IN, MAIL);

        await().untilAsserted(() -> assertThat(sent).containsExactly(MAIL));
        open.countDown();
    }

    private static void awaitOpening(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
