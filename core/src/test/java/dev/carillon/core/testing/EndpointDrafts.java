package dev.carillon.core.testing;

import dev.carillon.core.kernel.ApiVersion;
import dev.carillon.core.webhook.endpoint.CustomHeaders;
import dev.carillon.core.webhook.endpoint.EndpointDraft;
import java.util.List;
import java.util.Map;

/** Endpoints as callers ask for them, for tests that need no more than an address and events. */
public final class EndpointDrafts {
    private EndpointDrafts() {}

    /** An endpoint without description, headers, rate limit and signing key, in the newest version. */
    public static EndpointDraft anEndpoint(String url, String... events) {
        return new EndpointDraft(
                url, List.of(events), null, Map.of(), CustomHeaders.NONE, null, ApiVersion.NEWEST, false);
    }
}
