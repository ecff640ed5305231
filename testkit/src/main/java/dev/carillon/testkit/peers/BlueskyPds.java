package dev.carillon.testkit.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Bluesky's own personal data server with a directory of identities: the software that runs in production, on free
 * loopback ports, with an empty data folder that is deleted on close. There is no app view; published posts are read
 * back as records.
 */
public final class BlueskyPds implements AutoCloseable {
    private static final NpmPackages PACKAGES = new NpmPackages("bluesky-pds", List.of("serve.mjs"));
    private static final int STOP_SECONDS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An account with an app password. */
    public record Account(String did, String handle, String appPassword) {
        /** Shows no password. */
        @Override
        public String toString() {
            return "Account[" + handle + ", " + did + "]";
        }
    }

    /** A record of a repository, as {@code com.atproto.repo} returns it. */
    public record StoredRecord(String uri, String cid, JsonNode value) {}

    private final Process process;
    private final Path data;
    private final Xrpc xrpc;
    private final SessionTokens tokens;

    private BlueskyPds(Process process, Path data, String url, SessionTokens tokens) {
        this.process = process;
        this.data = data;
        this.xrpc = new Xrpc(url);
        this.tokens = tokens;
    }

    /** Starts a server, after installing it if necessary; skips the running test if that is not possible. */
    public static BlueskyPds startOrSkip() {
        try {
            var node = Node22.install();
            return start(node, PACKAGES.install(node.environment()));
        } catch (PeerMissing missing) {
            throw missing.skipOrFail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BlueskyPds start(Node22 node, Path folder) throws IOException {
        var data = Files.createTempDirectory("bluesky-pds");
        var tokens = SessionTokens.withNewSecret();
        var process = new ProcessBuilder(node.program(), "serve.mjs", data.toString(), tokens.secret())
                .directory(folder.toFile())
                .redirectError(data.resolve("stderr.log").toFile())
                .start();
        var output = process.inputReader();
        var firstLine = output.readLine();
        if (firstLine == null) {
            throw new IOException("the PDS did not start: " + Files.readString(data.resolve("stderr.log")));
        }
        // It writes a log line per call; it would block as soon as an unread pipe is full.
        Thread.ofVirtual().start(() -> output.lines().forEach(line -> {}));
        return new BlueskyPds(
                process, data, JSON.readTree(firstLine).path("url").asText(), tokens);
    }

    /** The server's URL, for example {@code http://localhost:40123}. */
    public String url() {
        return xrpc.url();
    }

    /** {@code host:port} of {@link #url()}, as an allow list needs it. */
    public String hostAndPort() {
        return url().substring("http://".length());
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Creates an account with an app password.
     *
     * @param handle ends in {@code .test}, for example {@code alice.test}
     */
    public Account createAccount(String handle) {
        var password = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        var made = xrpc.call(
                "com.atproto.server.createAccount",
                null,
                Map.of("handle", handle, "email", handle + "@example.com", "password", password));
        var appPassword = xrpc.call(
                "com.atproto.server.createAppPassword", made.path("accessJwt").asText(), Map.of("name", "publisher"));
        return new Account(
                made.path("did").asText(), handle, appPassword.path("password").asText());
    }

    /** The same access token, but expired an hour ago and signed as this server signs. */
    public String expired(String accessToken) {
        return tokens.expired(accessToken);
    }

    public Optional<StoredRecord> findRecord(String did, String collection, String recordKey) {
        return xrpc.ask("com.atproto.repo.getRecord", Map.of("repo", did, "collection", collection, "rkey", recordKey))
                .map(BlueskyPds::stored);
    }

    /** The newest 100 records of a collection, such as {@code app.bsky.feed.post}. */
    public List<StoredRecord> records(String did, String collection) {
        var found = new ArrayList<StoredRecord>();
        var parameters = Map.of("repo", did, "collection", collection, "limit", "100");
        xrpc.ask("com.atproto.repo.listRecords", parameters)
                .orElseThrow()
                .path("records")
                .forEach(node -> found.add(stored(node)));
        return found;
    }

    private static StoredRecord stored(JsonNode node) {
        return new StoredRecord(node.path("uri").asText(), node.path("cid").asText(), node.path("value"));
    }

    @Override
    public void close() {
        process.destroy();
        if (!ended()) {
            process.destroyForcibly();
        }
        NpmPackages.deleteAll(data);
    }

    private boolean ended() {
        try {
            return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
