package dev.carillon.api.signin;

import dev.carillon.api.access.CallerAddresses;
import dev.carillon.api.http.HtmlPage;
import dev.carillon.api.http.PublicUrl;
import dev.carillon.api.input.RequestReader;
import dev.carillon.api.session.CsrfProtection;
import dev.carillon.api.session.CurrentSessionResponse;
import dev.carillon.api.session.CurrentSessions;
import dev.carillon.api.session.SessionCookies;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.session.SignedIn;
import dev.carillon.core.signin.SignInConfig;
import dev.carillon.core.signin.SignInLinks;
import dev.carillon.core.signin.SignIns;
import dev.carillon.core.user.VerifiedIdentity;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Sign-in with an emailed link. */
@Controller("/v1/sign_in/email")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sign_in")
class SignInController {
    private static final String PATH = "/v1/sign_in/email";
    private static final String BROWSER = "__Host-carillon_sign_in";

    private final SignInLinks links;
    private final SignIns signIns;
    private final SignInConfig config;
    private final CurrentSessions current;
    private final SessionCookies cookies;
    private final CsrfProtection csrf;
    private final CallerAddresses addresses;
    private final PublicUrl publicUrl;
    private final Json json;

    SignInController(
            SignInLinks links,
            SignIns signIns,
            SignInConfig config,
            CurrentSessions current,
            SessionCookies cookies,
            CsrfProtection csrf,
            CallerAddresses addresses,
            PublicUrl publicUrl,
            Json json) {
        this.links = links;
        this.signIns = signIns;
        this.config = config;
        this.current = current;
        this.cookies = cookies;
        this.csrf = csrf;
        this.addresses = addresses;
        this.publicUrl = publicUrl;
        this.json = json;
    }

    /**
     * Request a sign-in link by email. The reply is the same whether or not the address is known. It sets a cookie, without which the link
     * does not work. Needs no key.
     */
    @Post
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = SignInLinkRequest.class)))
    @ApiResponse(
            responseCode = "202",
            description = "If this address may sign in, a link is emailed to it.",
            content = @Content(schema = @Schema(implementation = SignInLinkResponse.class)))
    HttpResponse<SignInLinkResponse> askToSignIn(HttpRequest<byte[]> request) {
        csrf.refuseOtherOrigins(request);
        var email = RequestReader.read(request, SignInLinkRequest.class).toAddress();
        // Keeps the browser's cookie, so that after two requests either link works.
        var browser = SessionCookies.valueOf(request, BROWSER)
                .flatMap(SecretToken::read)
                .orElseGet(SecretToken::random);
        links.ask(email, browser, addresses.of(request), token -> publicUrl
                .link(request, PATH + "/" + token.text())
                .toString());
        return HttpResponse.<SignInLinkResponse>status(HttpStatus.ACCEPTED)
                .cookie(SessionCookies.secret(BROWSER, browser.text(), config.link()))
                .body(new SignInLinkResponse(
                        "sign_in", "requested", config.link().toSeconds()));
    }

    /**
     * Show a sign-in link. Returns the page that an emailed link opens. It only shows a button, so that mail scanners may open it without
     * effect. Needs no key.
     *
     * @param token the token from the email
     */
    @Get("/{token}")
    @Produces(MediaType.TEXT_HTML)
    @ApiResponse(
            responseCode = "200",
            description = "A page with a button that signs in.",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string")))
    HttpResponse<String> showSignInLink(String token) {
        return new HtmlPage("Sign in to Carillon", "Select the button to confirm that you want to sign in.", "Sign in")
                .as(HttpStatus.OK);
    }

    /**
     * Sign in with an emailed link. The button on the link's page sends this request. Uses up the link and sets the session's cookie. Needs
     * no key.
     *
     * @param token the token from the email
     */
    @Post("/{token}")
    @Consumes(MediaType.ALL)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    @ApiResponse(
            responseCode = "200",
            description = "Signed in. Browsers that ask for a page get one.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = CurrentSessionResponse.class)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string"))
            })
    HttpResponse<String> signIn(HttpRequest<byte[]> request, String token) {
        return HtmlPage.forErrors(request, "You are not signed in", () -> {
            csrf.refuseOtherOrigins(request);
            return signedIn(request, enter(request, token));
        });
    }

    private SignedIn enter(HttpRequest<byte[]> request, String token) {
        var browser = SessionCookies.valueOf(request, BROWSER)
                .flatMap(SecretToken::read)
                .orElse(null);
        var email = links.use(SecretToken.read(token).orElseThrow(SignInLinks::unknown), browser);
        var former = cookies.sessionOf(request).orElse(null);
        return signIns.enter(VerifiedIdentity.byMail(email), addresses.originOf(request), former);
    }

    private HttpResponse<String> signedIn(HttpRequest<?> request, SignedIn signedIn) {
        var reply = HtmlPage.isWanted(request)
                ? HtmlPage.saying("You are signed in", "You can close this page.")
                        .as(HttpStatus.OK)
                : HttpResponse.ok(json.write(current.view(signedIn))).contentType(MediaType.APPLICATION_JSON_TYPE);
        return reply.cookie(cookies.of(signedIn));
    }
}
