package dev.carillon.core.webhook.health;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.webhook.endpoint.DisabledReason;
import dev.carillon.core.webhook.health.HealthChange.News;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News about an endpoint, to be mailed to people.
 *
 * @param host of the endpoint, with its port; the rest of its address may contain a secret
 * @param endpointDeleted whether it has since been deleted, so that the news is no longer wanted
 * @param reason why it is disabled now; null if it is not
 * @param failingSince null if it had not failed
 * @param told the people who have already received the mail
 * @param old whether it has waited so long that it is dropped if it cannot be mailed now
 */
record Notice(
        long id,
        News news,
        WorkspaceId workspace,
        String workspaceName,
        Mode mode,
        WebhookEndpointId endpoint,
        String host,
        boolean endpointDeleted,
        @Nullable DisabledReason reason,
        @Nullable Instant failingSince,
        List<UserId> told,
        boolean old) {}
