package dev.carillon.api.http;

import dev.carillon.core.apikey.Actor;
import io.micronaut.http.HttpRequest;
import java.util.Optional;

/** Keeps who is calling with the request. */
public final class Callers {
    private static final String ATTRIBUTE = Actor.class.getName();

    private Callers() {}

    public static Optional<Actor> find(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, Actor.class);
    }

    public static void set(HttpRequest<?> request, Actor actor) {
        request.setAttribute(ATTRIBUTE, actor);
    }
}
