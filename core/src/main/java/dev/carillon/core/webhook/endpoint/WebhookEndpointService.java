package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Page;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.webhook.delivery.DeliveryQueries;
import dev.carillon.core.webhook.endpoint.EndpointQueries.StoredKey;
import dev.carillon.core.workspace.WorkspaceService;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Creates, shows, changes and deletes webhook endpoints. */
@Singleton
public class WebhookEndpointService {
    private final Transactions transactions;
    private final EndpointQueries endpoints;
    private final DeliveryQueries deliveries;
    private final WorkspaceService workspaces;
    private final EndpointCheck check;
    private final EndpointSeals seals;
    private final Clocks clocks;
    private final Ids ids;

    WebhookEndpointService(
            Transactions transactions,
            EndpointQueries endpoints,
            DeliveryQueries deliveries,
            WorkspaceService workspaces,
            EndpointCheck check,
            EndpointSeals seals,
            Clocks clocks,
            Ids ids) {
        this.transactions = transactions;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.workspaces = workspaces;
        this.check = check;
        this.seals = seals;
        this.clocks = clocks;
        this.ids = ids;
    }

    /**
     * Creates an endpoint with its own secret. Several endpoints may have the same address and the same events.
     *
     * @throws ApiException {@code address_not_allowed}, {@code invalid_parameter}, or {@code limit_reached} if the plan
     *     allows no more in this mode
     */
    public NewEndpoint create(Actor actor, EndpointDraft draft) {
        actor.require(Scope.WEBHOOKS_WRITE);
        check.check(draft);
        var secret = EndpointSecret.random();
        return transactions.inWorkspace(actor, () -> {
            requireRoom(actor);
            var id = ids.next(WebhookEndpointId.KIND);
            var tenant = actor.tenant();
            var signingKey = draft.asymmetric() ? seals.newSigningKey(tenant, id) : null;
            var endpoint = endpoint(actor, id, draft, signingKey);
            endpoints.add(
                    endpoint, seals.seal(tenant, id, secret), seals.seal(tenant, id, draft.headers()), signingKey);
            return new NewEndpoint(endpoint, secret);
        });
    }

    /**
     * One endpoint.
     *
     * @throws ApiException {@code not_found}, also if it belongs to another workspace or mode, is deleted, or is the
     *     callback of posts
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
     * Changes an endpoint. Waiting deliveries are sent with the new settings; a change of its events applies from the
     * next event on.
     *
     * @throws ApiException as {@link #create}, and {@code not_found}
     */
    public WebhookEndpoint change(Actor actor, WebhookEndpointId id, EndpointChange change) {
        actor.require(Scope.WEBHOOKS_WRITE);
        check.check(change);
        return transactions.inWorkspace(actor, () -> {
            var tenant = actor.tenant();
            var before = endpoints.lock(tenant, id).orElseThrow(() -> missing(id));
            endpoints.change(id, change.applyTo(before.settings()));
            var headers = change.headers();
            if (headers != null) {
                endpoints.changeHeaders(id, headers.names(), seals.seal(tenant, id, headers));
            }
            var asymmetric = change.asymmetric();
            if (asymmetric != null && asymmetric != (before.keys().publicKey() != null)) {
                endpoints.changeSigningKey(id, asymmetric ? seals.newSigningKey(tenant, id) : null);
            }
            return endpoints.find(tenant, id).orElseThrow(() -> missing(id));
        });
    }

    /**
     * Deletes an endpoint; its waiting deliveries are skipped. A delivery that is being sent at this moment may still
     * arrive.
     *
     * @throws ApiException {@code not_found}, also the second time
     */
    public WebhookEndpoint delete(Actor actor, WebhookEndpointId id) {
        actor.require(Scope.WEBHOOKS_WRITE);
        return transactions.inWorkspace(actor, () -> {
            var deleted = endpoints.delete(actor.tenant(), id).orElseThrow(() -> missing(id));
            deliveries.skipWaiting(id);
            return deleted;
        });
    }

    private WebhookEndpoint endpoint(
            Actor actor, WebhookEndpointId id, EndpointDraft draft, @Nullable StoredKey signingKey) {
        var settings = new EndpointSettings(
                draft.url(),
                draft.events().stream().distinct().toList(),
                draft.description(),
                draft.metadata(),
                draft.headers().names(),
                draft.maxPerSecond(),
                draft.apiVersion());
        return new WebhookEndpoint(
                id,
                actor.tenant(),
                EndpointKind.ENDPOINT,
                settings,
                EndpointState.FRESH,
                signingKey == null ? EndpointKeys.SECRET_ONLY : new EndpointKeys(null, signingKey.publicKey()),
                clocks.now(actor.workspace(), actor.mode()));
    }

    private void requireRoom(Actor actor) {
        int most = workspaces.plan(actor.workspace()).maxWebhookEndpoints();
        if (endpoints.lockedCount(actor.tenant()) >= most) {
            throw ErrorCode.LIMIT_REACHED.because(
                    "Your plan allows %d webhook endpoints in each mode, and you have that many; delete one first, or change the plan."
                            .formatted(most));
        }
    }

    /** The refusal for an endpoint that does not exist, or that the caller may not know about. */
    public static ApiException missing(WebhookEndpointId id) {
        return ErrorCode.NOT_FOUND.because("There is no webhook endpoint %s.".formatted(id));
    }
}
