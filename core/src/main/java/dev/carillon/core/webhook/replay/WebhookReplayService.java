package dev.carillon.core.webhook.replay;

import static dev.carillon.core.kernel.ErrorCode.CONFLICT;
import static dev.carillon.core.kernel.ErrorCode.INVALID_PARAMETER;
import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.EventNumbers;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WebhookReplayId;
import dev.carillon.core.webhook.delivery.WebhookDeliveryService;
import dev.carillon.core.webhook.endpoint.EndpointQueries;
import dev.carillon.core.webhook.endpoint.WebhookEndpoint;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.core.webhook.replay.ReplayQueries.Range;
import dev.carillon.core.webhook.replay.WebhookReplay.Followed;
import dev.carillon.core.webhook.replay.WebhookReplay.Plan;
import jakarta.inject.Singleton;
import java.util.List;

/** Starts bulk replays to an endpoint, shows their progress, and cancels them. {@link ReplayFeeder} does the work. */
@Singleton
public class WebhookReplayService {
    private final Transactions transactions;
    private final EndpointQueries endpoints;
    private final ReplayQueries replays;
    private final ReplayCountQueries counts;
    private final ReplayCancellationQueries cancellations;
    private final EventNumbers numbers;
    private final Clocks clocks;
    private final Ids ids;

    WebhookReplayService(
            Transactions transactions,
            EndpointQueries endpoints,
            ReplayQueries replays,
            ReplayCountQueries counts,
            ReplayCancellationQueries cancellations,
            EventNumbers numbers,
            Clocks clocks,
            Ids ids) {
        this.transactions = transactions;
        this.endpoints = endpoints;
        this.replays = replays;
        this.counts = counts;
        this.cancellations = cancellations;
        this.numbers = numbers;
        this.clocks = clocks;
        this.ids = ids;
    }

    /**
     * Starts a replay. It covers the events that exist now; later events are delivered anyway.
     *
     * @throws ApiException {@code invalid_parameter}, {@code not_found}, or {@code conflict} if the endpoint is disabled or
     *     another replay of it is running
     */
    public Followed create(Actor actor, WebhookEndpointId endpoint, ReplayDraft draft) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var found = endpoint(actor, endpoint);
            var plan = plan(actor, found, draft);
            WebhookDeliveryService.requireEnabled(endpoint, found.status());
            replays.running(actor.tenant(), endpoint).ifPresent(running -> {
                throw alreadyRunning(running);
            });
            var stretch = numbers.between(actor.tenant(), plan.since(), plan.until());
            long total = counts.count(actor.tenant(), endpoint, plan, stretch);
            var range = new Range(total, stretch.above(), stretch.upTo());
            return followed(replays.add(ids.next(WebhookReplayId.KIND), actor.tenant(), endpoint, plan, range)
                    .orElseThrow(() -> justBegun(actor, endpoint)));
        });
    }

    /**
     * One replay.
     *
     * @throws ApiException {@code not_found}, also if it is no longer retained or belongs to another workspace or mode
     */
    public Followed get(Actor actor, WebhookReplayId id) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(actor, () -> followed(find(actor, id)));
    }

    /**
     * The replays of an endpoint, newest first.
     *
     * @throws ApiException {@code not_found} if the endpoint does not exist
     */
    public Page<WebhookReplay> list(Actor actor, WebhookEndpointId endpoint, PageRequest page) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(actor, () -> {
            var there = endpoint(actor, endpoint);
            var found = replays.list(actor.tenant(), there.id(), page.after(WebhookReplayId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), replay -> replay.id().toString());
        });
    }

    /**
     * Stops queuing, and restores waiting deliveries to their earlier state. A delivery that is being sent at this
     * moment is not attempted again afterwards. Canceling twice is harmless.
     *
     * @throws ApiException {@code not_found}
     */
    public Followed cancel(Actor actor, WebhookReplayId id) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            replays.cancel(actor.tenant(), id).ifPresent(replay -> {
                cancellations.lockEndpoint(replay.endpoint());
                cancellations.takeBack(id, ReplayFeeder.TAKEN_BACK_AT_ONCE);
            });
            return followed(find(actor, id));
        });
    }

    private Plan plan(Actor actor, WebhookEndpoint endpoint, ReplayDraft draft) {
        EventPattern.check(draft.events(), "/events");
        var now = clocks.now(actor.workspace(), actor.mode());
        var until = draft.until() == null || draft.until().isAfter(now) ? now : draft.until();
        if (!draft.since().isBefore(until)) {
            throw INVALID_PARAMETER.at(
                    "/since", "since is %s; it must be before until, which is %s.".formatted(draft.since(), until));
        }
        return new Plan(draft.scope(), events(endpoint, draft), draft.since(), until, draft.perSecond());
    }

    private static List<String> events(WebhookEndpoint endpoint, ReplayDraft draft) {
        if (!draft.events().isEmpty()) {
            return draft.events().stream().distinct().toList();
        }
        return switch (draft.scope()) {
            // All that failed or was skipped, even if the endpoint has since been set to fewer events.
            case FAILED -> List.of("*");
            case ALL -> endpoint.events();
        };
    }

    private Followed followed(WebhookReplay replay) {
        return new Followed(replay, replays.progress(replay));
    }

    private WebhookEndpoint endpoint(Actor actor, WebhookEndpointId id) {
        return endpoints.find(actor.tenant(), id).orElseThrow(() -> WebhookEndpointService.missing(id));
    }

    private WebhookReplay find(Actor actor, WebhookReplayId id) {
        return replays.find(actor.tenant(), id)
                .orElseThrow(() ->
                        NOT_FOUND.because("There is no webhook replay %s, or it is no longer kept.".formatted(id)));
    }

    private ApiException justBegun(Actor actor, WebhookEndpointId endpoint) {
        return replays.running(actor.tenant(), endpoint)
                .map(WebhookReplayService::alreadyRunning)
                .orElseGet(() ->
                        CONFLICT.because("Another replay of webhook endpoint %s started and ended just now; try again."
                                .formatted(endpoint)));
    }

    private static ApiException alreadyRunning(WebhookReplayId running) {
        return CONFLICT.because("Webhook replay %s of this endpoint is running; wait until it ends, or cancel it first."
                .formatted(running));
    }
}
