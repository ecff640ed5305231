package dev.carillon.api.signin;

import dev.carillon.api.apikey.CallerAddresses;
import dev.carillon.api.http.HtmlPage;
import dev.carillon.api.http.JsonBody;
import dev.carillon.api.http.PublicUrl;
import dev.carillon.api.session.CurrentSessionResponse;
import dev.carillon.api.session.CurrentSessions;
import dev.carillon.api.session.Meant;
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

/** Signing in by a link that is mailed. */
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
    private final Meant meant;
    private final CallerAddresses addresses;
    private final PublicUrl publicUrl;
    private final Json json;

    SignInController(
            SignInLinks links,
            SignIns signIns,
            SignInConfig config,
            CurrentSessions current,
            SessionCookies cookies,
            Meant meant,
            CallerAddresses addresses,
            PublicUrl publicUrl,
            Json json) {
        this.links = links;
        this.signIns = signIns;
        this.config = config;
        this.current = current;
        this.cookies = cookies;
        this.meant = meant;
        this.addresses = addresses;
        this.publicUrl = publicUrl;
        this.json = json;
    }

    /**
     * Asks for a link to sign in with, by mail. The reply is the same whether or not somebody has the address, and brings a cookie, without
     * which the link opens nothing. Needs no key.
     */
    @Post
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AskRequest.class)))
    @ApiResponse(
            responseCode = "202",
            description = "If somebody with this address may sign in, a link was mailed.",
            content = @Content(schema = @Schema(implementation = AskResponse.class)))
    HttpResponse<AskResponse> askToSignIn(HttpRequest<byte[]> request) {
        meant.refuseOtherOrigins(request);
        var email = AskRequest.read(JsonBody.read(request));
        // Who asks twice may open either link.
        var browser = SessionCookies.valueOf(request, BROWSER)
                .flatMap(SecretToken::read)
                .orElseGet(SecretToken::random);
        links.ask(email, browser, addresses.of(request), token -> publicUrl
                .link(request, PATH + "/" + token.text())
                .toString());
        return HttpResponse.<AskResponse>status(HttpStatus.ACCEPTED)
                .cookie(SessionCookies.secret(BROWSER, browser.text(), config.link()))
                .body(new AskResponse("sign_in", "asked", config.link().toSeconds()));
    }

    /**
     * The page that a mailed link opens. It does nothing but show a button, so that whatever looks through mail may open it. Needs no key.
     *
     * @param token as the mail has it
     */
    @Get("/{token}")
    @Produces(MediaType.TEXT_HTML)
    @ApiResponse(
            responseCode = "200",
            description = "A page with a button.",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string")))
    HttpResponse<String> showSignInLink(String token) {
        return new HtmlPage("Sign in to Carillon", "One more step, so that nobody but you does it.", "Sign in")
                .as(HttpStatus.OK);
    }

    /**
     * Signs in: what the page's button does. Uses the link, and brings the session's cookie. Needs no key.
     *
     * @param token as the mail has it
     */
    @Post("/{token}")
    @Consumes(MediaType.ALL)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    @ApiResponse(
            responseCode = "200",
            description = "Signed in; a page for browsers that ask for one.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = CurrentSessionResponse.class)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string"))
            })
    HttpResponse<String> signIn(HttpRequest<byte[]> request, String token) {
        return HtmlPage.forRefusals(request, "You are not signed in", () -> {
            meant.refuseOtherOrigins(request);
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
