package dev.carillon.api.http;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.limit.CallerLimits;
import dev.carillon.core.limit.RateLimitDecision;
import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the filters found out about a request: its names in logs, its caller, and its rate limits. There is one per request; the filters fill it
 * in, one after the other, and routes read it.
 */
public final class RequestContext {
    private static final String ATTRIBUTE = RequestContext.class.getName();

    private final RequestTrace trace;
    private @Nullable Actor actor;
    private @Nullable Supplier<Actor> accessCheck;
    private @Nullable SignedIn signedIn;
    private @Nullable SignedIn renewedSession;
    private @Nullable CallerLimits limits;
    private @Nullable RateLimitDecision decision;

    private RequestContext(RequestTrace trace) {
        this.trace = trace;
    }

    /** The request's context, created on the first call. */
    public static RequestContext of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, RequestContext.class).orElseGet(() -> {
            var context =
                    new RequestContext(RequestTrace.begin(request.getHeaders().get("traceparent")));
            request.setAttribute(ATTRIBUTE, context);
            return context;
        });
    }

    public RequestTrace trace() {
        return trace;
    }

    /** The caller in its workspace; empty before authentication, on open routes, and for a person outside any workspace. */
    public Optional<Actor> actor() {
        return Optional.ofNullable(actor);
    }

    /**
     * A check whether the caller still has access, to be repeated while a long request is open. Checks are equal for requests with the same
     * credential from the same address; empty if there is no caller.
     */
    public Optional<Supplier<Actor>> accessCheck() {
        return Optional.ofNullable(accessCheck);
    }

    /**
     * Stores the caller, and a way to check its access again.
     *
     * @param check refuses as the first check did
     */
    public void authenticated(Actor caller, Supplier<Actor> check) {
        actor = caller;
        accessCheck = check;
    }

    /** The signed-in person, if a session rather than a key authenticates the request. */
    public Optional<SignedIn> signedIn() {
        return Optional.ofNullable(signedIn);
    }

    public void signedIn(SignedIn person) {
        signedIn = person;
    }

    /** The session whose cookie the reply replaces with a new one; empty if the present one is still good, or if the session ends. */
    public Optional<SignedIn> renewedSession() {
        return Optional.ofNullable(renewedSession);
    }

    public void renewSession(SignedIn session) {
        renewedSession = session;
    }

    /** The session ends with this request: its cookie is not renewed. */
    public void endSession() {
        renewedSession = null;
    }

    /** The caller's limits, if authentication already loaded them. */
    public Optional<CallerLimits> limits() {
        return Optional.ofNullable(limits);
    }

    public void limits(CallerLimits ofCaller) {
        limits = ofCaller;
    }

    /** The decision of the rate limits; empty before it is made. */
    public Optional<RateLimitDecision> decision() {
        return Optional.ofNullable(decision);
    }

    public void decision(RateLimitDecision made) {
        decision = made;
    }
}
