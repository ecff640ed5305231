package dev.carillon.core.webhook.delivery;

import dev.carillon.core.database.Row;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.kernel.WebhookEndpointId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.sealing.Sealer;
import dev.carillon.core.webhook.endpoint.CustomHeaders;
import dev.carillon.core.webhook.endpoint.EndpointKind;
import dev.carillon.core.webhook.endpoint.EndpointSecret;
import dev.carillon.core.webhook.endpoint.SigningKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Unseals the secrets of receivers for the duration of an attempt. */
@Singleton
class ReceiverFactory {
    private final Sealer sealer;
    private final Json json;

    ReceiverFactory(Sealer sealer, Json json) {
        this.sealer = sealer;
        this.json = json;
    }

    /**
     * The receiver of a row that {@link DeliveryAttemptQueries} has taken.
     *
     * @throws IllegalStateException if its secrets cannot be unsealed, or there is none to sign with
     */
    Receiver open(Row row) {
        var endpoint = row.id("endpoint_id", WebhookEndpointId.KIND);
        boolean callback = EndpointKind.named(row.text("kind")) == EndpointKind.POST_CALLBACK;
        var purpose = callback ? EndpointSecret.CALLBACK_PURPOSE : EndpointSecret.purpose(endpoint);
        var secrets = opened(row, purpose, "sealed_secret", "sealed_previous_secret");
        if (secrets.isEmpty()) {
            throw new IllegalStateException("there is no signing secret for " + endpoint);
        }
        return new Receiver(
                row.text("url"),
                secrets.stream().map(EndpointSecret::new).toList(),
                opened(row, SigningKey.purpose(endpoint), "sealed_signing_key", "sealed_previous_signing_key").stream()
                        .map(SigningKey::new)
                        .toList(),
                opened(row, CustomHeaders.purpose(endpoint), "sealed_headers").stream()
                        .findFirst()
                        .map(text -> new CustomHeaders(json.readTexts(text)))
                        .orElse(CustomHeaders.NONE));
    }

    private List<String> opened(Row row, String purpose, String... columns) {
        var workspace = row.id("workspace_id", WorkspaceId.KIND);
        return Stream.of(columns)
                .flatMap(column -> Optional.ofNullable(row.bytesOrNull(column)).stream())
                .map(stored -> sealer.open(workspace, purpose, stored))
                .toList();
    }
}
