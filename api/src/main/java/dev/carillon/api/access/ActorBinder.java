package dev.carillon.api.access;

import dev.carillon.api.http.RequestContext;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Passes the {@link Actor} to controllers that ask for it, once the filters have authenticated the request. */
@Singleton
final class ActorBinder implements TypedRequestArgumentBinder<Actor>, PostponedRequestArgumentBinder<Actor> {
    private static final Argument<Actor> TYPE = Argument.of(Actor.class);

    @Override
    public Argument<Actor> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<Actor> bind(ArgumentConversionContext<Actor> context, HttpRequest<?> request) {
        var actor = RequestContext.of(request)
                .actor()
                .orElseThrow(
                        () -> ErrorCode.AUTHENTICATION_REQUIRED.because("This route needs an API key or a session."));
        return () -> Optional.of(actor);
    }
}
