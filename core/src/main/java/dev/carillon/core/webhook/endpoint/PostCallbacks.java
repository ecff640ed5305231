package dev.carillon.core.webhook.endpoint;

import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;

/**
 * The addresses that posts name for their own events ({@code webhook_url}): one hidden endpoint per address, however
 * many posts name it.
 */
@Singleton
public class PostCallbacks {
    private final CallbackQueries queries;
    private final CallbackSecretService secrets;
    private final EndpointCheck check;
    private final Clocks clocks;
    private final Ids ids;

    PostCallbacks(CallbackQueries queries, CallbackSecretService secrets, EndpointCheck check, Clocks clocks, Ids ids) {
        this.queries = queries;
        this.secrets = secrets;
        this.check = check;
        this.clocks = clocks;
        this.ids = ids;
    }

    /**
     * If you create several posts in one transaction, call this before any other write. If two transactions create the
     * same callbacks, in any order, the second then waits until the first ends. Joins the open transaction. Addresses
     * that already have a callback cause no wait, and those that may not be called are left to {@link #at}.
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
     * The callback of an address. Creates it if there is none, and enables it if its receiver had said that it is gone;
     * joins the open transaction.
     *
     * @throws ApiException {@code address_not_allowed} at {@code /webhook_url}
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
