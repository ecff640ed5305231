package dev.carillon.api.session;

import dev.carillon.api.http.ListResponse;
import dev.carillon.api.http.RequestContext;
import dev.carillon.api.input.JsonBody;
import dev.carillon.api.input.PathIds;
import dev.carillon.core.kernel.SessionId;
import dev.carillon.core.session.SessionService;
import dev.carillon.core.session.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The sessions of the signed-in person. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "sessions")
class SessionController {
    private final SessionService sessions;
    private final CurrentSessions current;
    private final SessionCookies cookies;

    SessionController(SessionService sessions, CurrentSessions current, SessionCookies cookies) {
        this.sessions = sessions;
        this.current = current;
        this.cookies = cookies;
    }

    /**
     * Get the current session. Returns the signed-in person, their workspaces, and the token that requests need to change something. For a
     * person who has signed in; needs no scope.
     */
    @Get("/session")
    CurrentSessionResponse getSession(@FromSession SignedIn signedIn) {
        return current.view(signedIn);
    }

    /** Sign out. Ends the session on the server, everywhere within a second. For a person who has signed in; needs no scope. */
    @Delete("/session")
    @ApiResponse(responseCode = "204", description = "Signed out.")
    HttpResponse<?> signOut(@FromSession SignedIn signedIn, HttpRequest<?> request) {
        sessions.end(signedIn, signedIn.session().id());
        RequestContext.of(request).endSession();
        return HttpResponse.noContent().cookie(cookies.none());
    }

    /** List your sessions. Returns your own active sessions, newest first. For a person who has signed in; needs no scope. */
    @Get("/sessions")
    ListResponse<SessionResponse> listSessions(@FromSession SignedIn signedIn) {
        var here = signedIn.session().id();
        return ListResponse.whole(sessions.list(signedIn).stream()
                .map(session -> SessionResponse.of(session, session.id().equals(here)))
                .toList());
    }

    /**
     * End one of your sessions. It ends everywhere within a second. For a person who has signed in; needs no scope.
     *
     * @param id the session's id
     */
    @Delete("/sessions/{id}")
    @ApiResponse(responseCode = "204", description = "The session has ended.")
    HttpResponse<?> endSession(@FromSession SignedIn signedIn, String id) {
        sessions.end(signedIn, PathIds.read(SessionId.KIND, "session", id));
        return HttpResponse.noContent();
    }

    /** End your other sessions. Ends all of your own sessions except this one. For a person who has signed in; needs no scope. */
    @Post("/sessions/end_others")
    @Consumes(MediaType.ALL)
    @ApiResponse(responseCode = "204", description = "The other sessions have ended.")
    HttpResponse<?> endOtherSessions(@FromSession SignedIn signedIn, HttpRequest<byte[]> request) {
        JsonBody.requireEmpty(request);
        sessions.endOthers(signedIn);
        return HttpResponse.noContent();
    }
}
