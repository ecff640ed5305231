package dev.carillon.sandbox;

import dev.carillon.sandbox.AccountQueries.Poster;
import dev.carillon.sandbox.SandboxPost.IncomingPost;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decides what happens to a post: the fault directive in its text comes first, then the fault that its account is named
 * after, then the oldest fault of its workspace that is drawn.
 */
final class FaultPolicy {
    private static final String PREFIX = "sandbox_";

    private final FaultQueries queries;

    FaultPolicy(FaultQueries queries) {
        this.queries = queries;
    }

    Optional<Trouble> striking(IncomingPost incoming, Poster poster) {
        return byDirective(incoming)
                .or(() -> byName(poster.account()))
                .or(() -> poster.hasFaults() ? byRequest(incoming) : Optional.empty());
    }

    private Optional<Trouble> byDirective(IncomingPost incoming) {
        return FaultDirective.in(incoming.content().text())
                .filter(directive -> directive.times() == FaultDirective.EVERY_TIME
                        || queries.strikesByDirective(
                                incoming.account(),
                                incoming.content().clientKey(),
                                directive.trouble().kind(),
                                directive.times()))
                .map(FaultDirective::trouble);
    }

    private static Optional<Trouble> byName(SandboxAccount account) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> isNamedAfter(kind, account.username()))
                .map(Trouble::usual)
                .findFirst();
    }

    /** The username may continue after the fault's name, but not within the same word. */
    private static boolean isNamedAfter(FaultKind kind, String username) {
        var name = PREFIX + kind.wireName();
        return username.startsWith(name)
                && (username.length() == name.length() || !Character.isLetterOrDigit(username.charAt(name.length())));
    }

    private Optional<Trouble> byRequest(IncomingPost incoming) {
        var workspace = incoming.workspace();
        return workspace == null
                ? Optional.empty()
                : queries.left(workspace, incoming.account()).stream()
                        .filter(queries::strikes)
                        .map(Fault::trouble)
                        .findFirst();
    }
}
