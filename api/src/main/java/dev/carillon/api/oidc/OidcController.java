package dev.carillon.api.oidc;

import dev.carillon.api.access.CallerAddresses;
import dev.carillon.api.http.HtmlPage;
import dev.carillon.api.http.PublicUrl;
import dev.carillon.api.http.RequestContext;
import dev.carillon.api.http.ReturnPath;
import dev.carillon.api.input.AnyQuery;
import dev.carillon.api.problem.Problems;
import dev.carillon.api.session.SessionCookies;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.oidc.AnswerMode;
import dev.carillon.core.oidc.CallbackAnswer;
import dev.carillon.core.oidc.OidcProvider;
import dev.carillon.core.oidc.OidcProviderRegistry;
import dev.carillon.core.oidc.OidcSignIn;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.signin.SignIns;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Sends browsers to an OpenID provider, and signs people in when they return. */
@Controller("/v1/sign_in/oidc/{provider}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
@Tag(name = "sign_in")
class OidcController {
    private final OidcProviderRegistry providers;
    private final OidcSignIn signIn;
    private final SignIns signIns;
    private final SessionCookies cookies;
    private final CallerAddresses addresses;
    private final PublicUrl publicUrl;
    private final Problems problems;

    OidcController(
            OidcProviderRegistry providers,
            OidcSignIn signIn,
            SignIns signIns,
            SessionCookies cookies,
            CallerAddresses addresses,
            PublicUrl publicUrl,
            Problems problems) {
        this.providers = providers;
        this.signIn = signIn;
        this.signIns = signIns;
        this.cookies = cookies;
        this.addresses = addresses;
        this.publicUrl = publicUrl;
        this.problems = problems;
    }

    /**
     * Start a sign-in with a provider. Redirects the browser to the provider, from which it must return within 10 minutes. Open it in a
     * browser, which keeps the cookie. Needs no key.
     *
     * @param provider the id of the provider, as GET /v1/sign_in/providers lists it
     * @param returnTo the path on this server to open after sign-in
     */
    @Get("/start")
    @ApiResponse(responseCode = "303", description = "Redirects to the provider.")
    HttpResponse<?> startOidcSignIn(
            HttpRequest<?> request, String provider, @Nullable @QueryValue("return_to") String returnTo) {
        var known = providers.get(provider);
        var path = ReturnPath.read("return_to", returnTo);
        var browser = BrowserCookie.find(request, known).orElseGet(SecretToken::random);
        var there = signIn.begin(known, browser, callback(request, known), path);
        return seeOther(there).cookie(BrowserCookie.of(browser, known));
    }

    /**
     * Complete a sign-in. The provider redirects the browser here with a code or an error. Opens a session and redirects to the path that
     * was requested at the start. Needs no key.
     *
     * @param provider the provider that the sign-in started with
     * @param state the state of the sign-in; valid once, and only in the browser that started it
     * @param code the authorization code, which the provider exchanges for tokens
     * @param error why there is no code
     * @param errorDescription the error in words
     * @param iss the issuer that the provider claims to be
     */
    @Get("/callback")
    @AnyQuery
    @ApiResponse(
            responseCode = "200",
            description = "Signed in, with a page; no return path was requested.",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "303", description = "Signed in; redirects to the path that was requested.")
    HttpResponse<?> finishOidcSignIn(
            HttpRequest<?> request,
            String provider,
            @Nullable @QueryValue String state,
            @Nullable @QueryValue String code,
            @Nullable @QueryValue String error,
            @Nullable @QueryValue("error_description") String errorDescription,
            @Nullable @QueryValue String iss) {
        return finish(request, providers.get(provider), new CallbackAnswer(state, code, error, errorDescription, iss));
    }

    /**
     * Complete a sign-in from a posted form. For providers that make the browser post the answer as a form (response_mode=form_post); the
     * operator configures this for each provider. Needs no key.
     *
     * @param provider the provider that the sign-in started with
     */
    @Post("/callback")
    @Consumes(MediaType.ALL)
    @RequestBody(
            description = "The fields state, and code or error, as in the query of the GET route.",
            content = @Content(mediaType = MediaType.APPLICATION_FORM_URLENCODED, schema = @Schema(type = "object")))
    @ApiResponse(
            responseCode = "200",
            description = "Signed in, with a page; no return path was requested.",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "303", description = "Signed in; redirects to the path that was requested.")
    HttpResponse<?> finishPostedOidcSignIn(HttpRequest<byte[]> request, String provider) {
        var known = providers.get(provider);
        if (known.answers() != AnswerMode.FORM_POST) {
            throw ErrorCode.INVALID_REQUEST.because(
                    "%s sends its answer in the query, not in a form; start the sign-in again."
                            .formatted(known.name()));
        }
        return finish(request, known, PostedAnswer.read(request));
    }

    private HttpResponse<?> finish(HttpRequest<?> request, OidcProvider known, CallbackAnswer answer) {
        var browser = BrowserCookie.find(request, known).orElse(null);
        var completed = signIn.end(known, browser, answer, callback(request, known));
        var former = cookies.sessionOf(request).orElse(null);
        var signedIn = signIns.enter(completed.identity(), addresses.originOf(request), former);
        var returnTo = completed.returnTo();
        var response = returnTo == null
                ? HtmlPage.saying("You are signed in", "You can close this page.")
                        .as(HttpStatus.OK)
                : seeOther(URI.create(returnTo));
        return response.cookie(cookies.of(signedIn)).cookie(BrowserCookie.gone(known));
    }

    /** Answers a failed sign-in with a page if a person's browser is waiting. */
    @Error(exception = ApiException.class)
    HttpResponse<?> notSignedIn(HttpRequest<?> request, ApiException exception) {
        if (!HtmlPage.isWanted(request)) {
            return problems.fill(unreferred(HttpResponse.ok()), request, exception);
        }
        var code = exception.code();
        var words = "%s %s (%s, %s)"
                .formatted(
                        exception.detail(),
                        code.suggestedAction(),
                        code.wireName(),
                        RequestContext.of(request).trace().id());
        return HtmlPage.saying("You are not signed in", words).as(HttpStatus.valueOf(code.status()));
    }

    private URI callback(HttpRequest<?> request, OidcProvider provider) {
        return publicUrl.link(request, "/v1/sign_in/oidc/%s/callback".formatted(provider.id()));
    }

    private static MutableHttpResponse<?> seeOther(URI there) {
        return unreferred(HttpResponse.seeOther(there));
    }

    /** The URLs of these routes contain codes and states, which no other site may learn. */
    private static MutableHttpResponse<?> unreferred(MutableHttpResponse<?> response) {
        return response.header("Referrer-Policy", "no-referrer");
    }
}
