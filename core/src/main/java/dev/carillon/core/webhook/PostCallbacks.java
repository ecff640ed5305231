package dev.carillon.core.webhook;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;

/** The addresses that posts bring along for their own events: a hidden endpoint for each, however many posts name it. */
@Singleton
public class PostCallbacks {
    private final CallbackQueries queries;
    private final CallbackSecrets secrets;
    private final EndpointCheck check;
    private final Clocks clocks;
    private final Ids ids;

    PostCallbacks(CallbackQueries queries, CallbackSecrets secrets, EndpointCheck check, Clocks clocks, Ids ids) {
        this.queries = queries;
        this.secrets = secrets;
        this.check = check;
        this.clocks = clocks;
        this.ids = ids;
    }

    /**
     * To be called before anything else is written, by whoever makes several posts in one transaction: of two that make the same callbacks, in
     * whatever order, the second waits for the first to end; joins the open transaction. Addresses that have their callback hold up nobody, and
     * those that may not be called are left to {@link #at}.
     */
    public void takeTurns(WorkspaceId workspace, Collection<CallbackAddress> addresses) {
        var callable = addresses.stream()
                .filter(address -> check.allows(address.url()))
                .toList();
        if (!callable.isEmpty()) {
            queries.takeTurns(workspace, callable);
        }
    }

    /**
     * The callback of an address, which is made where there is none, and enabled where its receiver had said that it is gone; joins the open transaction.
     *
     * @throws Refusal {@code address_not_allowed} at {@code /webhook_url}
     */
    public WebhookEndpointId at(Tenant tenant, String url) {
        check.checkUrl(url, "/webhook_url");
        return queries.ready(tenant, url).orElseGet(() -> {
            queries.takeTurns(tenant.workspace(), List.of(new CallbackAddress(tenant.mode(), url)));
            secrets.ensure(tenant);
            var fresh = ids.next(WebhookEndpointId.KIND);
            return queries.upsert(tenant, fresh, url, clocks.now(tenant.workspace(), tenant.mode()));
        });
    }
}
