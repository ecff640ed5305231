package dev.carillon.core.webhook;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.apikey.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.event.Event;
import dev.carillon.core.event.EventPattern;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.net.OutboundUrls;
import dev.carillon.core.net.UrlVerdict;
import dev.carillon.core.sealing.Sealer;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;

/** Makes, shows and removes webhook endpoints. */
@Singleton
public class WebhookEndpointService {
    private static final int LONGEST_DESCRIPTION = 500;

    private final Transactions transactions;
    private final EndpointQueries endpoints;
    private final DeliveryQueries deliveries;
    private final WorkspaceService workspaces;
    private final OutboundUrls urls;
    private final Sealer sealer;
    private final Clocks clocks;
    private final Ids ids;

    WebhookEndpointService(
            Transactions transactions,
            EndpointQueries endpoints,
            DeliveryQueries deliveries,
            WorkspaceService workspaces,
            OutboundUrls urls,
            Sealer sealer,
            Clocks clocks,
            Ids ids) {
        this.transactions = transactions;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.workspaces = workspaces;
        this.urls = urls;
        this.sealer = sealer;
        this.clocks = clocks;
        this.ids = ids;
    }

    /**
     * Makes an endpoint with a secret of its own.
     *
     * @throws Refusal {@code address_not_allowed}, {@code invalid_parameter}, or {@code limit_reached} when the plan has no room left
     *     in this mode
     */
    public NewEndpoint create(Actor actor, EndpointDraft draft) {
        actor.require(Scope.WEBHOOKS_WRITE);
        check(draft);
        var secret = EndpointSecret.random();
        return transactions.inWorkspace(actor, () -> {
            requireRoom(actor);
            var endpoint = endpoint(actor, draft);
            endpoints.add(endpoint, sealer.seal(actor.workspace(), endpoint.id().toString(), secret.value()));
            return new NewEndpoint(endpoint, secret);
        });
    }

    /**
     * One endpoint.
     *
     * @throws Refusal {@code not_found}, also for another workspace's or mode's, and for a deleted one
     */
    public WebhookEndpoint get(Actor actor, WebhookEndpointId id) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(
                actor, () -> endpoints.find(actor.tenant(), id).orElseThrow(() -> missing(id)));
    }

    /** Endpoints, newest first. */
    public Page<WebhookEndpoint> list(Actor actor, PageRequest page) {
        actor.require(Scope.WEBHOOKS_READ);
        return transactions.inWorkspace(actor, () -> {
            var found = endpoints.list(actor.tenant(), page.after(WebhookEndpointId.KIND), page.limit() + 1);
            return Page.of(found, page.limit(), endpoint -> endpoint.id().toString());
        });
    }

    /**
     * Removes an endpoint; what waits for it is skipped. What is being sent at this moment may still arrive.
     *
     * @throws Refusal {@code not_found}, also the second time
     */
    public WebhookEndpoint delete(Actor actor, WebhookEndpointId id) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var deleted = endpoints.delete(actor.tenant(), id).orElseThrow(() -> missing(id));
            deliveries.skipWaiting(id);
            return deleted;
        });
    }

    private WebhookEndpoint endpoint(Actor actor, EndpointDraft draft) {
        return new WebhookEndpoint(
                ids.next(WebhookEndpointId.KIND),
                actor.tenant(),
                draft.url(),
                draft.events().stream().distinct().toList(),
                EndpointStatus.ENABLED,
                draft.description(),
                draft.metadata(),
                clocks.now(actor.workspace(), actor.mode()));
    }

    private void requireRoom(Actor actor) {
        int most = workspaces.plan(actor.workspace()).maxWebhookEndpoints();
        if (endpoints.lockedCount(actor.tenant()) >= most) {
            throw ErrorCode.LIMIT_REACHED.because(
                    "The plan allows %d webhook endpoints in each mode, and all of them exist; delete one first, or change the plan."
                            .formatted(most));
        }
    }

    private void check(EndpointDraft draft) {
        if (urls.check(draft.url()) instanceof UrlVerdict.Refused(var failure)) {
            throw ErrorCode.ADDRESS_NOT_ALLOWED.at("/url", failure.message());
        }
        if (draft.events().isEmpty()) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/events", "events is empty; name at least one event type, or * for all.");
        }
        for (int i = 0; i < draft.events().size(); i++) {
            checkEvent(draft.events().get(i), "/events/" + i);
        }
        var description = draft.description();
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    "/description",
                    "description has %d characters; at most %d.".formatted(description.length(), LONGEST_DESCRIPTION));
        }
    }

    private static void checkEvent(String pattern, String pointer) {
        if (EventPattern.read(pattern).isEmpty()) {
            throw ErrorCode.INVALID_PARAMETER.at(
                    pointer, "This is no event type; there are *, %s.".formatted(String.join(", ", Event.types())));
        }
    }

    private static Refusal missing(WebhookEndpointId id) {
        return ErrorCode.NOT_FOUND.because("There is no webhook endpoint %s.".formatted(id));
    }
}
