package dev.carillon.webhooks;

import dev.carillon.core.webhook.health.NoticeSender;
import dev.carillon.jobs.Ticks;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Mails notices about endpoints. */
@Singleton
class NoticeTick {
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final NoticeSender notices;

    NoticeTick(NoticeSender notices) {
        this.notices = notices;
    }

    /** Runs at once, and then on these ticks. */
    void startOn(Ticks ticks) {
        ticks.paced("notices", () -> notices.mailNext() ? Duration.ZERO : PAUSE);
    }
}
