package dev.carillon.api.http;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps who is calling with the request. */
public final class Callers {
    private static final String ATTRIBUTE = Actor.class.getName();
    private static final String CHECK = Callers.class.getName() + ".check";
    private static final String SIGNED_IN = SignedIn.class.getName();

    private Callers() {}

    public static Optional<Actor> find(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Actor.class);
    }

    /**
     * Whether the caller is still let in: to be asked again for as long as one request lasts. Equal for requests that came with the same
     * credential from the same place; empty where whoever let them in kept no way to find out.
     */
    public static Optional<Supplier<Actor>> check(HttpRequest<?> request) {
        return request.getAttribute(CHECK, Supplier.class).map(Callers::ofActor);
    }

    @SuppressWarnings("unchecked") // set below, and nowhere else
    private static Supplier<Actor> ofActor(Supplier<?> check) {
        return (Supplier<Actor>) check;
    }

    /**
     * Keeps who is calling, and how to find out again.
     *
     * @param check refuses as the first look did
     */
    public static void set(HttpRequest<?> request, Actor actor, Supplier<Actor> check) {
        set(request, actor);
        request.setAttribute(CHECK, check);
    }

    public static void set(HttpRequest<?> request, Actor actor) {
        request.setAttribute(ATTRIBUTE, actor);
    }

    /** Who has signed in, where a session and no key lets the request in. */
    public static Optional<SignedIn> signedIn(HttpRequest<?> request) {
        return request.getAttribute(SIGNED_IN, SignedIn.class);
    }

    public static void set(HttpRequest<?> request, SignedIn signedIn) {
        request.setAttribute(SIGNED_IN, signedIn);
    }
}
