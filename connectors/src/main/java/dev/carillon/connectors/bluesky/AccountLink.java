package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.Answers.Session;
import dev.carillon.connectors.bluesky.Answers.Trouble;
import dev.carillon.connectors.http.JsonHttp;
import dev.carillon.core.kernel.Names;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundFailure;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.net.OutboundUrls;
import dev.carillon.core.net.UrlCheckResult;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.LinksAccounts.Linking;
import dev.carillon.core.platform.LinksAccounts.Linking.CredentialRejected;
import dev.carillon.core.platform.LinksAccounts.Linking.InputRefused;
import dev.carillon.core.platform.LinksAccounts.Linking.Linked;
import dev.carillon.core.platform.LinksAccounts.Linking.Unreachable;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Opens an account's session with an app password, and finds the server that hosts the account. */
final class AccountLink {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String SERVER = "pds_url";
    private static final String IDENTIFIER = "identifier";
    private static final String APP_PASSWORD = "app_password";
    private static final List<String> FIELDS = List.of(SERVER, IDENTIFIER, APP_PASSWORD);

    private final JsonHttp http;
    private final OutboundUrls urls;

    AccountLink(JsonHttp http, OutboundUrls urls) {
        this.http = http;
        this.urls = urls;
    }

    @Serdeable
    record SignIn(String identifier, String password) {
        @Override
        public String toString() {
            return "SignIn";
        }
    }

    Linking link(Map<String, String> input) {
        var server = withoutSlash(
                input.getOrDefault(SERVER, BlueskyConnector.DEFAULT_SERVER).strip());
        return refusal(input, server).orElseGet(() -> {
            var identifier = input.getOrDefault(IDENTIFIER, "").strip();
            var signIn = new SignIn(
                    identifier.startsWith("@") ? identifier.substring(1) : identifier,
                    input.getOrDefault(APP_PASSWORD, "").strip());
            return signIn(new Xrpc(http, server, Deadline.in(PATIENCE)), signIn);
        });
    }

    private Optional<Linking> refusal(Map<String, String> input, String server) {
        for (var name : new TreeSet<>(input.keySet())) {
            if (!FIELDS.contains(name)) {
                var guess = Names.nearest(name, FIELDS).map("did you mean %s?"::formatted);
                return refused(name, "Unknown field; " + guess.orElse("the fields are " + FIELDS + "."));
            }
        }
        if (input.getOrDefault(IDENTIFIER, "").isBlank()) {
            return refused(
                    IDENTIFIER, "Send the account's handle, such as name.bsky.social, its DID or its e-mail address.");
        }
        if (input.getOrDefault(APP_PASSWORD, "").isBlank()) {
            return refused(
                    APP_PASSWORD, "Send an app password. Create one on Bluesky under Settings, Privacy and security.");
        }
        return refusedServer(server);
    }

    private Optional<Linking> refusedServer(String server) {
        if (urls.check(server) instanceof UrlCheckResult.Refused(var failure)) {
            return refused(SERVER, failure.message());
        }
        return isOrigin(server)
                ? Optional.empty()
                : refused(SERVER, "Send the server's address without a path, such as https://bsky.social.");
    }

    private Linking signIn(Xrpc xrpc, SignIn signIn) {
        return switch (xrpc.procedure("com.atproto.server.createSession", signIn)) {
            case Answered answer
            when answer.ok() ->
                xrpc.read(answer, Session.class)
                        .map(session -> opened(xrpc, session))
                        .orElseGet(() -> notAServer(answer));
            case Answered answer ->
                refused(answer, xrpc.read(answer, Trouble.class).orElse(Trouble.UNREADABLE));
            case NeverSent(var failure) -> unreachable(failure);
            case NoAnswer(var failure) -> new Unreachable(failure.message());
        };
    }

    private Linking opened(Xrpc xrpc, Session session) {
        var did = session.did();
        var handle = session.handle();
        var tokens = session.tokens();
        if (did == null || !did.startsWith("did:") || handle == null || tokens.isEmpty()) {
            return new InputRefused(SERVER, "The server opened a session without an identity or tokens.");
        }
        if (!session.isActive()) {
            return new CredentialRejected("This account is not active on its server: " + session.status() + ".");
        }
        var home = home(xrpc, session, did, tokens.get());
        var identity = new Identity(did, handle, null, home, hostOf(home));
        return new Linked(identity, tokens.get().toCredentials());
    }

    /**
     * Returns the server that the account's identity names, because an entry point such as bsky.social signs people in
     * for many servers. That server is used only if the guard allows it and it knows this session. Otherwise the
     * account stays on the server that the caller gave, which has just proved that it serves the account.
     */
    private String home(Xrpc signedIn, Session session, String did, Tokens tokens) {
        return session.dataServer()
                .map(AccountLink::withoutSlash)
                .filter(url -> !url.equals(signedIn.server()))
                .filter(url -> isOrigin(url) && urls.check(url) instanceof UrlCheckResult.Accepted)
                .filter(url -> serves(new Xrpc(http, url, signedIn.deadline()), did, tokens))
                .orElse(signedIn.server());
    }

    private static boolean serves(Xrpc xrpc, String did, Tokens tokens) {
        return xrpc.query("com.atproto.server.getSession", tokens.access()) instanceof Answered answer
                && answer.ok()
                && xrpc.read(answer, Session.class)
                        .filter(session -> did.equals(session.did()))
                        .isPresent();
    }

    private static Linking refused(Answered answer, Trouble trouble) {
        if (answer.status() == 429) {
            return new Unreachable("The server's limit for sign-ins is reached. Try again in a few minutes.");
        }
        if (answer.status() >= 500) {
            return new Unreachable("The server answered with a server error (%d).".formatted(answer.status()));
        }
        return switch (trouble.name()) {
            case "AuthFactorTokenRequired" ->
                new CredentialRejected(
                        "This is the account's main password, which needs a second factor. Create an app password and send that.");
            case "AccountTakedown", "AccountSuspended", "AccountDeactivated" ->
                new CredentialRejected("This account is not active on its server: " + trouble.text());
            case "AuthenticationRequired", "InvalidRequest" ->
                new CredentialRejected("The server does not accept this identifier and password: " + trouble.text());
            default ->
                answer.status() == 401
                        ? new CredentialRejected("The server does not accept the password.")
                        : notAServer(answer);
        };
    }

    private static Linking notAServer(Answered answer) {
        return new InputRefused(
                SERVER,
                "The server at this address does not speak the AT Protocol (status %d).".formatted(answer.status()));
    }

    private static Linking unreachable(OutboundFailure failure) {
        return switch (failure.kind()) {
            case BAD_URL, FORBIDDEN_PORT, FORBIDDEN_ADDRESS -> new InputRefused(SERVER, failure.message());
            case BAD_HEADER, DNS, CONNECT, TLS, DEADLINE, INTERRUPTED, CUT -> new Unreachable(failure.message());
        };
    }

    private static Optional<Linking> refused(String field, String message) {
        return Optional.of(new InputRefused(field, message));
    }

    /** Use only for addresses that the guard has passed or is about to check. */
    private static boolean isOrigin(String url) {
        return url.indexOf('/', url.indexOf("//") + 2) < 0 && url.indexOf('?') < 0;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String hostOf(String url) {
        return URI.create(url).getAuthority();
    }
}
