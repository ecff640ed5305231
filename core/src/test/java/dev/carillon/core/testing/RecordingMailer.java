package dev.carillon.core.testing;

import static org.awaitility.Awaitility.await;

import dev.carillon.core.mail.Mail;
import dev.carillon.core.mail.Mailer;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/** Collects mail instead of sending it. */
@Singleton
@Primary
@Requires(property = "carillon.testing.recording-mailer", value = "true")
public class RecordingMailer implements Mailer {
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final Queue<Mail> sent = new ConcurrentLinkedQueue<>();

    @Override
    public void send(Mail mail) {
        sent.add(mail);
    }

    /** The mail to an address, oldest first. */
    public List<Mail> to(String address) {
        return sent.stream().filter(mail -> mail.to().equals(address)).toList();
    }

    /** The link in the nth mail to an address, counted from 1; waits for that mail. */
    public String link(String address, int number) {
        await().atMost(Duration.ofSeconds(10)).until(() -> to(address).size() >= number);
        return LINK.matcher(to(address).get(number - 1).text())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }
}
