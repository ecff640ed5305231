package dev.carillon.core.webhook;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.mail.Mail;
import dev.carillon.core.user.EmailAddress;
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
            case FAILING -> new Mail(to.text(), "Webhooks do not reach " + notice.host(), failing(notice));
            case DISABLED -> new Mail(to.text(), "No more webhooks are sent to " + notice.host(), disabled(notice));
            case RECOVERED ->
                new Mail(to.text(), "Webhooks reach %s again".formatted(notice.host()), recovered(notice));
        };
    }

    private String failing(Notice notice) {
        return """
                Webhooks to %s are failing.

                %s

                Carillon goes on trying. When none has arrived by %s, the endpoint is disabled; what waits for it is kept as skipped \
                and can be sent again later.

                What to do: let the endpoint answer with a status from 200 to 299 within %d seconds. What it answered to each try stands in
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
                ? "It answered 410, which says that it is gone for good."
                : since(notice) + " That is so long that Carillon has given up.";
        return """
                The endpoint %s is disabled, and gets no more webhooks.

                %s

                Events go on being recorded; what this endpoint would have been sent is kept as skipped.

                What to do: if it should get webhooks again, repair it, enable it (POST /v1/webhook_endpoints/%s/enable), and \
                have sent again what it missed (POST /v1/webhook_endpoints/%s/replays). Otherwise delete it.
                """.formatted(named(notice), cause, notice.endpoint(), notice.endpoint());
    }

    private static String recovered(Notice notice) {
        return """
                Webhooks arrive again at %s.

                %s That is over, and what waited is being sent.

                There is nothing to do. Deliveries that had used up all their attempts meanwhile can be sent again: \
                POST /v1/webhook_endpoints/%s/replays
                """.formatted(named(notice), since(notice), notice.endpoint());
    }

    private static String named(Notice notice) {
        return "%s (%s), of the workspace \"%s\" in %s mode"
                .formatted(
                        notice.host(),
                        notice.endpoint(),
                        notice.workspaceName(),
                        notice.mode() == Mode.LIVE ? "live" : "test");
    }

    private static String since(Notice notice) {
        return "It has failed since %s.".formatted(moment(notice.failingSince()));
    }

    private static String moment(@Nullable Instant at) {
        return at == null ? "a while ago" : MOMENT.format(at);
    }
}
