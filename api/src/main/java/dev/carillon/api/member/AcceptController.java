package dev.carillon.api.member;

import dev.carillon.api.http.HtmlPage;
import dev.carillon.api.session.FromSession;
import dev.carillon.core.kernel.Json;
import dev.carillon.core.member.AcceptService;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.session.SignedIn;
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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The page and the action behind the link in an invitation email. */
@Controller(AcceptController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "invitations")
class AcceptController {
    static final String PATH = "/v1/invitations";

    private final AcceptService accepting;
    private final Json json;

    AcceptController(AcceptService accepting, Json json) {
        this.accepting = accepting;
        this.json = json;
    }

    /**
     * Show an invitation. Returns the page that an invitation email links to. It only shows a button and changes nothing. Needs no key.
     *
     * @param token the token from the email
     */
    @Get("/{token}")
    @Produces(MediaType.TEXT_HTML)
    @ApiResponse(
            responseCode = "200",
            description = "A page with a button that accepts the invitation.",
            content = @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string")))
    HttpResponse<String> showInvitation(String token) {
        return new HtmlPage(
                        "You are invited",
                        "Sign in with the email address that received this invitation, then accept it here.",
                        "Accept")
                .as(HttpStatus.OK);
    }

    /**
     * Accept an invitation. The button on the invitation's page sends this request. For a person who has signed in with the invited email
     * address; needs no scope.
     *
     * @param token the token from the email
     */
    @Post("/{token}")
    @Consumes(MediaType.ALL)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    @ApiResponse(
            responseCode = "200",
            description = "The new member. Browsers that ask for a page get one.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = MemberResponse.class)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = "string"))
            })
    HttpResponse<String> acceptInvitation(@FromSession SignedIn signedIn, HttpRequest<byte[]> request, String token) {
        return HtmlPage.forErrors(request, "The invitation was not accepted", () -> {
            var accepted = accepting.accept(signedIn, SecretToken.read(token).orElseThrow(AcceptService::unknown));
            return HtmlPage.isWanted(request)
                    ? HtmlPage.saying(
                                    "You are a member",
                                    "You are now a member of %s. You can close this page."
                                            .formatted(accepted.workspace().name()))
                            .as(HttpStatus.OK)
                    : HttpResponse.ok(json.write(MemberResponse.of(accepted.member())))
                            .contentType(MediaType.APPLICATION_JSON_TYPE);
        });
    }
}
