package dev.carillon.api.http;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores the caller with the request. */
public final class Callers {
    private static final String ATTRIBUTE = Actor.class.getName();
    private static final String CHECK = Callers.class.getName() + ".check";
    private static final String SIGNED_IN = SignedIn.class.getName();

    private Callers() {}

    public static Optional<Actor> find(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Actor.class);
    }

    /**
     * A check whether the caller still has access, to be repeated while a long request is open. Checks are equal for requests with the same
     * credential from the same address; empty if authentication stored no check.
     */
    public static Optional<Supplier<Actor>> check(HttpRequest<?> request) {
        return request.getAttribute(CHECK, Supplier.class).map(Callers::ofActor);
    }

    @SuppressWarnings("unchecked") // set below, and nowhere else
    private static Supplier<Actor> ofActor(Supplier<?> check) {
        return (Supplier<Actor>) check;
    }

    /**
     * Stores the caller, and a way to check its access again.
     *
     * @param check refuses as the first check did
     */
    public static void set(HttpRequest<?> request, Actor actor, Supplier<Actor> check) {
        set(request, actor);
        request.setAttribute(CHECK, check);
    }

    public static void set(HttpRequest<?> request, Actor actor) {
        request.setAttribute(ATTRIBUTE, actor);
    }

    /** The signed-in person, if a session rather than a key authenticates the request. */
    public static Optional<SignedIn> signedIn(HttpRequest<?> request) {
        return request.getAttribute(SIGNED_IN, SignedIn.class);
    }

    public static void set(HttpRequest<?> request, SignedIn signedIn) {
        request.setAttribute(SIGNED_IN, signedIn);
    }
}
