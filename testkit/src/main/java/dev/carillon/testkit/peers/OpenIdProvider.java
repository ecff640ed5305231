package dev.carillon.testkit.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An independent OpenID provider, {@code oauth2-mock-server}, on a free loopback port. Everyone who signs in is
 * {@code ada@example.com}, verified, with the subject {@code subject-1}, unless {@link #next} changes it.
 */
public final class OpenIdProvider implements AutoCloseable {
    private static final NpmPackages PACKAGES = new NpmPackages("oauth2-mock-server", List.of("serve.mjs"));
    private static final int STOP_SECONDS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private final String issuer;

    private OpenIdProvider(Process process) throws IOException {
        this.process = process;
        this.commands = process.outputWriter();
        this.answers = process.inputReader();
        this.issuer = JSON.readTree(answer()).path("url").asText();
    }

    /** Starts a provider, after installing it if necessary; skips the running test if that is not possible. */
    public static OpenIdProvider startOrSkip() {
        try {
            var node = Node22.install();
            return new OpenIdProvider(new ProcessBuilder(node.program(), "serve.mjs")
                    .directory(PACKAGES.install(node.environment()).toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (PeerMissing missing) {
            throw missing.skipOrFail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For example {@code http://localhost:40123}. */
    public String issuer() {
        return issuer;
    }

    /**
     * Changes sign-ins from now on; an empty map for no change.
     *
     * @param changes {@code claims}, {@code without} (names of claims) and {@code header} of the id token;
     *     {@code forge}: {@code tampered}, {@code unsigned} or {@code hmac}; {@code error} and {@code errorDescription}
     *     in place of a code; {@code iss}; {@code userinfo}; {@code tokenStatus} and {@code tokenBody}
     */
    public void next(Map<String, Object> changes) {
        command(Map.of("next", changes));
    }

    /** Signs with a new key for this algorithm from now on, and no longer knows the old one. */
    public void rotateKey(String algorithm) {
        command(Map.of("rotate", algorithm));
    }

    /** How often its keys were requested; also resets changes to sign-ins. */
    public int keysAsked() {
        return command(Map.of());
    }

    private int command(Map<String, Object> command) {
        try {
            commands.write(JSON.writeValueAsString(command));
            commands.newLine();
            commands.flush();
            return JSON.readTree(answer()).path("keysAsked").asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new IOException("the provider has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
        if (!ended()) {
            process.destroyForcibly();
        }
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
