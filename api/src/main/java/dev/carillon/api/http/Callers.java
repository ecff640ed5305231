package dev.carillon.api.http;

import dev.carillon.core.apikey.Actor;
import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** Keeps who is calling with the request. */
public final class Callers {
    private static final String ATTRIBUTE = Actor.class.getName();
    private static final String SIGNED_IN = SignedIn.class.getName();

    private Callers() {}

    public static Optional<Actor> find(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Actor.class);
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
