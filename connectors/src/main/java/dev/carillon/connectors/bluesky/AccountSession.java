package dev.carillon.connectors.bluesky;

import dev.carillon.connectors.bluesky.Answers.Session;
import dev.carillon.connectors.bluesky.Answers.Trouble;
import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.CredentialStore;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.PublishOutcome;
import java.time.Instant;
import java.util.function.Supplier;

/** Writes on behalf of one account, and renews the session at most once along the way. */
final class AccountSession {
    private final Xrpc xrpc;
    private final ConnectedAccount account;
    private final CredentialStore store;
    private final Supplier<Instant> now;
    private Credentials credentials;

    /** Throws {@link CredentialStore.CredentialsGone} if the account has been disconnected. */
    AccountSession(Xrpc xrpc, ConnectedAccount account, CredentialStore store, Supplier<Instant> now) {
        this.xrpc = xrpc;
        this.account = account;
        this.store = store;
        this.now = now;
        this.credentials = store.read(account);
    }

    /**
     * Throws {@link RenewalRefused} if the session has ended for good or cannot be renewed now; nothing was written
     * then.
     */
    OutboundReply write(String method, Object body) {
        var reply = xrpc.procedure(method, Tokens.of(credentials).access(), body);
        if (!(reply instanceof Answered answer) || !BlueskyErrors.tokenExpired(answer, trouble(answer))) {
            return reply;
        }
        credentials = store.renew(account, credentials, this::renewed);
        return xrpc.procedure(method, Tokens.of(credentials).access(), body);
    }

    /** The outcome for an answer that is not a success. */
    PublishOutcome refusal(Answered answer) {
        return BlueskyErrors.outcome(answer, trouble(answer), now.get());
    }

    private Credentials renewed(Credentials stale) {
        var reply = xrpc.procedureWithoutBody(
                "com.atproto.server.refreshSession", Tokens.of(stale).refresh());
        return switch (reply) {
            case Answered answer
            when answer.ok() ->
                xrpc.read(answer, Session.class)
                        .flatMap(Session::tokens)
                        .orElseThrow(() -> refused(CallOutcomes.unreadable(BlueskyErrors.PLATFORM, answer)))
                        .toCredentials();
            case Answered answer -> throw refused(refusal(answer));
            case NeverSent unsent -> throw refused(CallOutcomes.notSent(unsent));
            case NoAnswer silent -> throw refused(CallOutcomes.noAnswer(silent));
        };
    }

    /** Whatever the outcome of the renewal, the post itself has certainly not been sent. */
    private static RenewalRefused refused(PublishOutcome outcome) {
        return new RenewalRefused(CallOutcomes.beforeThePost(outcome));
    }

    private Trouble trouble(Answered answer) {
        return xrpc.read(answer, Trouble.class).orElse(Trouble.UNREADABLE);
    }
}
