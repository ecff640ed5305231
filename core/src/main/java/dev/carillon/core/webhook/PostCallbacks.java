package dev.carillon.core.webhook;

import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.Refusal;
import dev.carillon.core.kernel.Tenant;
import dev.carillon.core.kernel.WebhookEndpointId;
import jakarta.inject.Singleton;

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
     * The callback of an address, which is made where there is none, and enabled where its receiver had said that it is gone; joins the open transaction.
     *
     * @throws Refusal {@code address_not_allowed} at {@code /webhook_url}
     */
    public WebhookEndpointId at(Tenant tenant, String url) {
        check.checkUrl(url, "/webhook_url");
        return queries.ready(tenant, url).orElseGet(() -> {
            secrets.ensure(tenant);
            var fresh = ids.next(WebhookEndpointId.KIND);
            return queries.upsert(tenant, fresh, url, clocks.now(tenant.workspace(), tenant.mode()));
        });
    }
}
