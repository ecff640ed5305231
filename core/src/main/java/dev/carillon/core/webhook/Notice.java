package dev.carillon.core.webhook;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.UserId;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.webhook.HealthChange.News;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people are to be told of an endpoint by mail.
 *
 * @param host of the endpoint, with its port; the rest of its address may hold a secret
 * @param endpointDeleted whether it was removed since, and nobody wants to know any more
 * @param reason why it is disabled now; null while it is not
 * @param failingSince null where it had not failed
 * @param told who has theirs already
 * @param old whether it has waited for so long that it is given up when it cannot be mailed now
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
