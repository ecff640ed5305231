package dev.carillon.api.session;

import dev.carillon.api.http.RequestContext;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.session.SignedIn;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Passes the {@link SignedIn} person to controllers that ask for it, once the filters have authenticated the request. */
@Singleton
final class SignedInBinder implements TypedRequestArgumentBinder<SignedIn>, PostponedRequestArgumentBinder<SignedIn> {
    private static final Argument<SignedIn> TYPE = Argument.of(SignedIn.class);

    @Override
    public Argument<SignedIn> argumentType() {
        return TYPE;
    }

    @Override
    public BindingResult<SignedIn> bind(ArgumentConversionContext<SignedIn> context, HttpRequest<?> request) {
        var signedIn = RequestContext.of(request)
                .signedIn()
                .orElseThrow(() -> ErrorCode.SESSION_REQUIRED.because("This route is for a person who has signed in."));
        return () -> Optional.of(signedIn);
    }
}
