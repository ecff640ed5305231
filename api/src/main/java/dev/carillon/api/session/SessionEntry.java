package dev.carillon.api.session;

import static dev.carillon.core.kernel.ErrorCode.NOT_FOUND;
import static dev.carillon.core.kernel.ErrorCode.SESSION_INVALID;
import static dev.carillon.core.kernel.ErrorCode.WORKSPACE_REQUIRED;

import dev.carillon.api.http.RequestContext;
import dev.carillon.api.input.SafeQuote;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.member.MembershipCache;
import dev.carillon.core.session.Origin;
import dev.carillon.core.session.SessionService;
import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/** Authenticates people by their session: first the person, then their role in the workspace that the request is about. */
@Singleton
public final class SessionEntry {
    public static final String WORKSPACE = "Carillon-Workspace";
    public static final String MODE = "Carillon-Mode";

    private final SessionTokens tokens;
    private final SessionService sessions;
    private final CsrfProtection csrf;
    private final MembershipCache memberships;

    SessionEntry(SessionTokens tokens, SessionService sessions, CsrfProtection csrf, MembershipCache memberships) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.csrf = csrf;
        this.memberships = memberships;
    }

    /** How a request that changes something must prove that one of our pages sent it. */
    public enum Shown {
        BY_TOKEN,
        BY_OUR_OWN_PAGE
    }

    /**
     * Authenticates the person.
     *
     * @throws ApiException {@code session_invalid}, {@code csrf_token_invalid}
     */
    public SignedIn enter(HttpRequest<?> request, String cookie, Origin origin, Shown shown) {
        var token = tokens.read(cookie).orElseThrow(SessionEntry::over);
        var signedIn = sessions.find(token.session(), origin).orElseThrow(SessionEntry::over);
        switch (shown) {
            case BY_TOKEN -> csrf.require(request, signedIn.session().id());
            case BY_OUR_OWN_PAGE ->
                csrf.requireOwnPage(request, signedIn.session().id());
        }
        var context = RequestContext.of(request);
        context.signedIn(signedIn);
        if (token.old()) {
            context.renewSession(signedIn);
        }
        return signedIn;
    }

    /** Whether this process has accepted the cookie's session within the last minutes. It makes no remote call. */
    public boolean isProven(String cookie) {
        return tokens.read(cookie)
                .filter(token -> sessions.isProven(token.session()))
                .isPresent();
    }

    /**
     * The person as a member of the workspace that the headers name.
     *
     * @throws ApiException {@code workspace_required}; {@code not_found} if they are not a member, or there is no such workspace
     */
    public Actor inNamedWorkspace(HttpRequest<?> request, SignedIn signedIn) {
        var named = request.getHeaders().get(WORKSPACE);
        if (named == null) {
            throw WORKSPACE_REQUIRED.at(
                    WORKSPACE,
                    "A request with a session must name its workspace, such as ws_..., in " + WORKSPACE + ".");
        }
        return actor(request, signedIn, named).orElseThrow(() -> NOT_FOUND.at(WORKSPACE, unknown(named)));
    }

    /**
     * The person as a member of the workspace that the path names.
     *
     * @throws ApiException {@code not_found} if they are not a member, or there is no such workspace
     */
    public Actor inWorkspaceOfPath(HttpRequest<?> request, SignedIn signedIn, String named) {
        return actor(request, signedIn, named).orElseThrow(() -> NOT_FOUND.because(unknown(named)));
    }

    /** The message about a workspace that the caller has no access to: the same as if it did not exist. */
    public static String unknown(String named) {
        return "There is no workspace %s.".formatted(SafeQuote.of(named));
    }

    /**
     * Checks again whether the session is active, and what role its user has in the workspace, while a long request is open.
     */
    public Supplier<Actor> again(SignedIn signedIn, Actor actor) {
        return new Again(this, signedIn.session().id(), actor.workspace(), actor.mode());
    }

    private record Again(SessionEntry entry, SessionId session, WorkspaceId workspace, Mode mode)
            implements Supplier<Actor> {
        @Override
        public Actor get() {
            var signedIn = entry.sessions.findAgain(session).orElseThrow(SessionEntry::over);
            return entry.member(signedIn, workspace, mode)
                    .orElseThrow(() -> NOT_FOUND.because(unknown(workspace.toString())));
        }
    }

    private Optional<Actor> actor(HttpRequest<?> request, SignedIn signedIn, String named) {
        var mode = mode(request);
        return WorkspaceId.KIND.read(named).flatMap(workspace -> member(signedIn, workspace, mode));
    }

    private Optional<Actor> member(SignedIn signedIn, WorkspaceId workspace, Mode mode) {
        var user = signedIn.user().id();
        return memberships
                .find(user, workspace)
                .map(membership -> new Actor(
                        workspace,
                        mode,
                        new Caller.ByMember(
                                membership.member(), user, signedIn.session().id()),
                        membership.role().scopes()));
    }

    private static Mode mode(HttpRequest<?> request) {
        return switch (request.getHeaders().get(MODE)) {
            case null -> Mode.TEST;
            case "test" -> Mode.TEST;
            case "live" -> Mode.LIVE;
            default -> throw ErrorCode.INVALID_REQUEST.at(MODE, MODE + " must be live or test; the default is test.");
        };
    }

    private static ApiException over() {
        return SESSION_INVALID.because("This session has ended; sign in again.");
    }
}
