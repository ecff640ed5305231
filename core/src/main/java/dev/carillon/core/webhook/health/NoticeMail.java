package dev.carillon.core.webhook.health;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.mail.Mail;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.webhook.delivery.WebhookConfig;
import dev.carillon.core.webhook.endpoint.DisabledReason;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The texts of mails about endpoints: what happened, what follows from it, and what to do. */
@Singleton
class NoticeMail {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final WebhookConfig config;
    private final EndpointHealthConfig health;

    NoticeMail(WebhookConfig config, EndpointHealthConfig health) {
        this.config = config;
        this.health = health;
    }

    Mail of(Notice notice, EmailAddress to) {
        return switch (notice.news()) {
            case FAILING -> new Mail(to.text(), "Webhooks fail at " + notice.host(), failing(notice));
            case DISABLED -> new Mail(to.text(), "Webhooks are disabled for " + notice.host(), disabled(notice));
            case RECOVERED ->
                new Mail(to.text(), "Webhooks work again at %s".formatted(notice.host()), recovered(notice));
        };
    }

    private String failing(Notice notice) {
        return """
                Webhooks to %s are failing.

                %s

                Carillon keeps trying. If no delivery succeeds by %s, Carillon disables the endpoint and skips its waiting deliveries. \
                You can send skipped deliveries again later.

                What to do: make the endpoint answer with a status from 200 to 299 within %d seconds. To see its answers, call
                GET /v1/webhook_deliveries?endpoint_id=%s
                """.formatted(
                        named(notice),
                        since(notice),
                        moment(disabledAt(notice)),
                        config.timeout().toSeconds(),
                        notice.endpoint());
    }

    private @Nullable Instant disabledAt(Notice notice) {
        var since = notice.failingSince();
        return since == null ? null : since.plus(health.disableAfter());
    }

    private static String disabled(Notice notice) {
        var cause = notice.reason() == DisabledReason.GONE
                ? "It answered with status 410, which means that it is gone for good."
                : since(notice) + " Carillon disables an endpoint that fails for this long.";
        return """
                The endpoint %s is disabled and receives no more webhooks.

                %s

                Carillon still records events and keeps the deliveries to this endpoint as skipped.

                What to do: to receive webhooks again, repair the endpoint, enable it (POST /v1/webhook_endpoints/%s/enable) and \
                send the missed deliveries again (POST /v1/webhook_endpoints/%s/replays). Otherwise, delete the endpoint.
                """.formatted(named(notice), cause, notice.endpoint(), notice.endpoint());
    }

    private static String recovered(Notice notice) {
        return """
                Webhooks to %s succeed again.

                %s Carillon is now sending the waiting deliveries.

                You do not have to do anything. To send deliveries again that used up all their attempts, call \
                POST /v1/webhook_endpoints/%s/replays
                """.formatted(named(notice), since(notice), notice.endpoint());
    }

    private static String named(Notice notice) {
        return "%s (%s) of the workspace \"%s\" in %s mode"
                .formatted(
                        notice.host(),
                        notice.endpoint(),
                        notice.workspaceName(),
                        notice.mode() == Mode.LIVE ? "live" : "test");
    }

    private static String since(Notice notice) {
        return "First failure: %s.".formatted(moment(notice.failingSince()));
    }

    private static String moment(@Nullable Instant at) {
        return at == null ? "a while ago" : MOMENT.format(at);
    }
}
