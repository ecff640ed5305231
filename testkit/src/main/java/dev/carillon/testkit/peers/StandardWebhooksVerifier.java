package dev.carillon.testkit.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies signed webhooks with the reference library of Standard Webhooks for JavaScript, which shares no code with
 * ours.
 */
public final class StandardWebhooksVerifier {
    static final NpmPackages PACKAGES = new NpmPackages("standard-webhooks", List.of("verify.mjs"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private StandardWebhooksVerifier(Path folder) {
        this.folder = folder;
    }

    /** Installs the library if necessary; skips the running test if that is not possible. */
    public static StandardWebhooksVerifier installOrSkip() {
        try {
            return new StandardWebhooksVerifier(PACKAGES.install(Map.of()));
        } catch (PeerMissing missing) {
            throw missing.skipOrFail();
        }
    }

    /**
     * Why the library rejects this webhook; empty if it accepts it.
     *
     * @param secret with its prefix {@code whsec_}
     * @param headers as they were received, at least {@code webhook-id}, {@code webhook-timestamp} and
     *     {@code webhook-signature}, with names in lower case
     * @param body exactly as it was received
     */
    public Optional<String> objection(String secret, Map<String, String> headers, String body) {
        try {
            var node = new ProcessBuilder("node", "verify.mjs")
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var input = node.getOutputStream()) {
                input.write(JSON.writeValueAsBytes(Map.of("secret", secret, "headers", headers, "body", body)));
            }
            var verdict = JSON.readTree(node.getInputStream().readAllBytes());
            return verdict.path("ok").asBoolean()
                    ? Optional.empty()
                    : Optional.of(verdict.path("reason").asText("no verdict"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
