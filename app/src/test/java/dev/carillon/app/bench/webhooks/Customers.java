package dev.carillon.app.bench.webhooks;

import static dev.carillon.core.testing.EndpointDrafts.anEndpoint;

import dev.carillon.app.bench.events.Writing;
import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.webhook.endpoint.WebhookEndpointService;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.WorkspaceService;
import io.micronaut.context.ApplicationContext;
import java.net.InetAddress;
import java.net.URI;
import java.util.EnumSet;

/** Workspaces with an endpoint for all events each, and the events that this JVM writes in them in place of the API. */
final class Customers implements AutoCloseable {
    private static final int CONNECTIONS = 32;

    private final ApplicationContext context;
    private final Writing writing;

    /**
     * Prepares to create workspaces.
     *
     * @param allowed {@code host:port} of the receivers, separated by commas
     */
    Customers(BenchServers servers, BenchDatabase database, String allowed) {
        var settings = servers.properties(database);
        settings.put("carillon.database.app-pool-size", CONNECTIONS);
        settings.put("carillon.outbound.allow", allowed);
        context = ApplicationContext.builder().properties(settings).start();
        writing = new Writing(context);
    }

    /** Creates a workspace whose events go to this address. */
    WorkspaceId add(URI url) {
        var workspace = context.getBean(WorkspaceService.class).create("Bench", Plan.SELF_HOSTED);
        var keys = context.getBean(ApiKeyAuthenticator.class);
        var key = keys.create(workspace, Mode.TEST, "bench", EnumSet.of(Scope.WEBHOOKS_WRITE));
        var actor = keys.authenticate(key.secret().value(), InetAddress.getLoopbackAddress());
        context.getBean(WebhookEndpointService.class).create(actor, anEndpoint(url.toString(), "*"));
        return workspace;
    }

    Writing writing() {
        return writing;
    }

    @Override
    public void close() {
        context.close();
    }
}
