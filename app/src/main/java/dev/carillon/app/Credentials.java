package dev.carillon.app;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a script needs to call this installation. {@link #toString()} shows no key. */
record Credentials(URI baseUrl, String workspaceId, String liveKey, String testKey) {

    String json() {
        // None of the values contains a character that JSON would escape.
        return """
                {
                  "base_url": "%s",
                  "workspace_id": "%s",
                  "live_key": "%s",
                  "test_key": "%s"
                }
                """.formatted(baseUrl, workspaceId, liveKey, testKey);
    }

    /** Reads what {@link #json()} wrote; empty for anything else. */
    static Optional<Credentials> parse(String json) {
        var baseUrl = value(json, "base_url");
        var workspaceId = value(json, "workspace_id");
        var liveKey = value(json, "live_key");
        var testKey = value(json, "test_key");
        return baseUrl.isEmpty() || workspaceId.isEmpty() || liveKey.isEmpty() || testKey.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credentials(URI.create(baseUrl), workspaceId, liveKey, testKey));
    }

    private static String value(String json, String name) {
        var found = Pattern.compile("\"%s\"\\s*:\\s*\"([^\"\\s]+)\"".formatted(name))
                .matcher(json);
        return found.find() ? found.group(1) : "";
    }

    Credentials at(URI url) {
        return new Credentials(url, workspaceId, liveKey, testKey);
    }

    @Override
    public String toString() {
        return "Credentials[baseUrl=%s, workspaceId=%s]".formatted(baseUrl, workspaceId);
    }
}
