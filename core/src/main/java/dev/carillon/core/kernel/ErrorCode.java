package dev.carillon.core.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Every error that a caller can receive, for refused requests and for failed publications. */
public enum ErrorCode {
    // Request refused before anything was done.
    AUTHENTICATION_REQUIRED(
            401, "Authentication required", "Send a key as 'Authorization: Bearer crl_...' or as 'x-api-key'."),
    API_KEY_INVALID(401, "Unknown API key", "Check that the whole key was copied, or create a new one."),
    API_KEY_REVOKED(401, "Revoked API key", "Use another key."),
    API_KEY_EXPIRED(401, "Expired API key", "Create a new key."),
    API_KEY_ROTATED(401, "Rotated API key", "Use the secret that came with the rotation."),
    AGENT_DISABLED(403, "Agent disabled", "Enable the agent, or use a key that is not this agent's."),
    CALLER_ADDRESS_NOT_ALLOWED(
            403,
            "Caller's address not allowed",
            "Call from one of the key's addresses, or make a key that allows this one."),
    CANNOT_REVOKE_CURRENT_KEY(409, "Key in use", "Revoke it with another key, or rotate it."),
    CONFLICTING_CREDENTIALS(
            401, "Two different credentials", "Send one key, in one header, or a session's cookie alone."),
    SESSION_INVALID(401, "No session any more", "Sign in again."),
    CSRF_TOKEN_INVALID(
            403,
            "Not shown to be meant",
            "Send the csrf_token of GET /v1/session as Carillon-CSRF, from the same origin."),
    EMAIL_NOT_VERIFIED(
            403, "E-mail address not verified", "Verify the address with whoever vouches for you, or sign in by mail."),
    SIGN_UP_CLOSED(403, "Not invited", "Ask an owner or admin of a workspace for an invitation."),
    SIGN_IN_LINK_INVALID(410, "Link no longer good", "Ask for another link."),
    SIGN_IN_OTHER_BROWSER(
            403, "Another browser", "Open the link in the browser that asked for it, or ask for another here."),
    SESSION_REQUIRED(403, "A person is needed", "Sign in, and send the session's cookie in place of a key."),
    WORKSPACE_REQUIRED(
            400, "Which workspace?", "Send the workspace's id as Carillon-Workspace; GET /v1/workspaces lists yours."),
    TOO_MANY_MAILS(429, "Too many mails", "Wait as long as the detail says.", false, true),
    ALREADY_MEMBER(409, "Already a member", "Nothing: they are in. Change their role instead."),
    ALREADY_INVITED(409, "Already invited", "Send that invitation again, or revoke it first."),
    LAST_OWNER(409, "Last owner", "Make another member an owner first."),
    INVITATION_INVALID(410, "Invitation no longer good", "Ask for another invitation."),
    INVITATION_FOR_ANOTHER(403, "Somebody else's invitation", "Sign in with the e-mail address that was invited."),
    SCOPE_MISSING(403, "Scope missing", "Use a key that has the scope, or add it to a new key."),
    KEY_IS_BOUND(403, "Key is bound to accounts", "Use a key that is not bound to accounts or account groups."),
    NOT_FOUND(404, "Not found", "Check the id, and that the key belongs to the same workspace and mode."),
    ROUTE_NOT_FOUND(404, "No such route", "Check the path against /openapi.json."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "Use a method that the Allow header names."),
    NOT_ACCEPTABLE(406, "Not acceptable", "Accept application/json."),
    REQUEST_TIMEOUT(408, "Request took too long", "Send the request again, and all of it at once.", false, true),
    PRECONDITION_FAILED(
            412,
            "Changed meanwhile",
            "Read the object again, and send the change with its new ETag or revision in If-Match."),
    BODY_TOO_LARGE(413, "Body too large", "Send a smaller body."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "Send JSON with 'Content-Type: application/json'."),
    HEADERS_TOO_LARGE(431, "Headers too large", "Send shorter headers."),
    BODY_NOT_JSON(400, "Body is not JSON", "Send one JSON object in UTF-8."),
    INVALID_REQUEST(400, "Invalid request", "Mend what the detail names and send it again."),
    INVALID_CURSOR(400, "Invalid cursor", "Use next_cursor as it came, or start without a cursor."),
    UNKNOWN_PARAMETER(422, "Unknown field", "Remove the field, or correct its name.", true),
    INVALID_PARAMETER(422, "Invalid value", "Mend the field that param names."),
    NO_TARGETS(422, "No targets", "Name at least one account in targets."),
    TIME_IN_PAST(422, "Time in the past", "Choose a later time, or publish now.", true),
    CONTENT_INVALID(422, "Content breaks a platform's rules", "Mend each finding in errors."),
    CREDENTIAL_REJECTED(422, "Credential rejected", "Check the credential with the platform and send it again."),
    PLATFORM_NOT_AVAILABLE(422, "Platform not available", "Choose a platform that this mode can connect."),
    MODE_MISMATCH(422, "Wrong mode", "Use a key of the other mode."),
    ADDRESS_NOT_ALLOWED(422, "Address not allowed", "Use a public https address."),
    ACCOUNT_GROUP_LIMIT_REACHED(
            422, "No more account groups", "Delete a group before making another, or change the plan."),
    ACCOUNT_GROUP_IS_DEFAULT(409, "Default account group", "Keep it; every other group can be deleted."),
    CONFLICT(409, "Not as things stand", "Bring it into the state that the detail names, then send the request again."),
    LIMIT_REACHED(422, "Limit reached", "Remove one before adding another, or change the plan."),
    ALREADY_PUBLISHING(409, "Already publishing", "Wait for the outcome; it can no longer be stopped."),
    NOT_CANCELABLE(409, "Not cancelable", "Only what has not been published can be canceled."),
    DUPLICATE_CONTENT(
            409, "Duplicate content", "Look at duplicate_of; to post it again all the same, send allow_duplicate."),
    OUTCOME_KNOWN(409, "Outcome known", "Nothing: only an unknown outcome can be resolved."),
    OUTCOME_STILL_OPEN(
            409, "Too early to tell", "Wait until the time that the detail names, then look again.", false, true),
    NOT_EDITABLE(409, "Not editable", "Edit only what has not been begun with; cancel it and make another post."),
    REVISION_CONFLICT(409, "Edited meanwhile", "Read the post again, and send the change with its new revision."),
    NOTHING_TO_RECONCILE(409, "Nothing to ask", "Only what is published or of unknown outcome can be asked for."),
    ALREADY_PUBLISHED(409, "Already published", "Leave it out of targets; a second copy is a post of its own."),
    NOTHING_TO_RETRY(409, "Nothing to retry", "Only what has failed or was missed can be retried."),
    NOTHING_TO_RESCHEDULE(
            409, "Nothing to reschedule", "Only what was missed can be rescheduled; what has failed can be retried."),
    NOT_PUBLISHED(409, "Not published", "Only what is published can be deleted; cancel what has not been sent."),
    DELETE_NOT_SUPPORTED(422, "Deletion not supported", "Delete it on the platform itself."),
    TEST_CLOCK_CONFLICT(
            409, "Test clock is moving", "Wait until the clock stands, or delete it, then try again.", false, true),
    ACCOUNT_DISCONNECTED(409, "Account disconnected", "Connect the account again."),
    IDEMPOTENCY_KEY_INVALID(400, "Invalid idempotency key", "Use 1 to 255 printable ASCII characters."),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused", "Use a new key for a different request."),
    IDEMPOTENCY_IN_PROGRESS(409, "Idempotency key in progress", "Wait and repeat the same request.", false, true),
    RATE_LIMITED(
            429, "Too many requests", "Wait for as long as Retry-After says, then repeat the request.", true, true),
    EVENT_NO_LONGER_KEPT(
            410,
            "Event no longer kept",
            "Read GET /v1/events?order=asc from its beginning, then stream behind its last event."),
    TOO_MANY_STREAMS(
            429,
            "Too many open streams",
            "Close one first, or follow with one stream what several follow.",
            false,
            true),
    PLATFORM_UNREACHABLE(503, "Platform unreachable", "Try again in a moment.", false, true),
    SIGN_IN_NOT_UNDER_WAY(
            400,
            "No such sign-in under way",
            "Start signing in again, and finish it in the same browser within 10 minutes."),
    SIGN_IN_REFUSED(403, "Sign-in refused by the provider", "Sign in again, or in another way."),
    SIGN_IN_NOT_ALLOWED(403, "Sign-in not allowed here", "Sign in with another account, or ask who runs this service."),
    IDENTITY_PROVIDER_UNREACHABLE(
            503, "Sign-in provider unreachable", "Sign in again in a moment, or in another way.", false, true),
    IDENTITY_PROVIDER_REPLY_INVALID(
            502, "Sign-in provider's answer unusable", "Sign in again; if it stays, tell who runs this service."),
    OVERLOADED(503, "Overloaded", "Try again in a moment.", false, true),
    INTERNAL_ERROR(500, "Internal error", "Try again; if it stays, quote the request id.", false, true),

    // Outcome of a publication. The status applies to a request that meets the error directly.
    AUTH_EXPIRED(409, "Access expired", "Connect the account again."),
    AUTH_REVOKED(409, "Access revoked", "Connect the account again."),
    PERMISSION_MISSING(409, "Permission missing", "Connect the account again and grant posting."),
    ACCOUNT_SUSPENDED(409, "Account suspended", "Settle it with the platform, then connect the account again."),
    PLATFORM_RATE_LIMITED(
            429, "Platform's limit reached", "Nothing: it is tried again when the platform allows.", false, true),
    PLATFORM_UNAVAILABLE(503, "Platform unavailable", "Nothing: it is tried again.", false, true),
    PLATFORM_REJECTED(422, "Rejected by the platform", "Read the platform's message, change the content, post again."),
    DUPLICATE_ON_PLATFORM(409, "Duplicate on the platform", "Change the text; the platform has the same post already."),
    PARENT_NOT_PUBLISHED(
            409,
            "Earlier part not published",
            "Send the part before it again with POST /v1/posts/{id}/retry; this one follows it."),
    REPLY_TARGET_MISSING(
            409,
            "Nothing to reply to",
            "See what became of the part before it on the platform; post the rest as a post of its own."),
    MEDIA_FETCH_FAILED(422, "Media could not be fetched", "Make the media reachable and post again."),
    PLATFORM_REPLY_UNREADABLE(502, "Unreadable answer", "Nothing: the platform is asked what happened.", false, true),
    OUTCOME_UNCONFIRMED(504, "No answer", "Nothing: the platform is asked what happened.", false, true),
    OUTCOME_UNRESOLVED(
            504,
            "Outcome unresolved",
            "Look at the account, then say what happened with POST /v1/publications/{id}/resolve."),
    REPORTED_NOT_PUBLISHED(
            409, "Reported as not published", "Send it again with POST /v1/posts/{id}/retry, or leave it."),
    TOO_LATE(
            409,
            "Too late",
            "Give it a new time with POST /v1/posts/{id}/reschedule, or send it now with POST /v1/posts/{id}/retry."),
    RETRIES_EXHAUSTED(
            503, "Retries exhausted", "Send it again with POST /v1/posts/{id}/retry when the platform is back.");

    private final int status;
    private final String title;
    private final String suggestedAction;
    private final boolean autoFixable;
    private final boolean retryable;

    ErrorCode(int status, String title, String suggestedAction) {
        this(status, title, suggestedAction, false, false);
    }

    ErrorCode(int status, String title, String suggestedAction, boolean autoFixable) {
        this(status, title, suggestedAction, autoFixable, false);
    }

    ErrorCode(int status, String title, String suggestedAction, boolean autoFixable, boolean retryable) {
        this.status = status;
        this.title = title;
        this.suggestedAction = suggestedAction;
        this.autoFixable = autoFixable;
        this.retryable = retryable;
    }

    /** The HTTP status of a request that ends with this error. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String suggestedAction() {
        return suggestedAction;
    }

    /** Whether the caller's program can correct the request from the reply alone. */
    public boolean autoFixable() {
        return autoFixable;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ErrorCode named(String wireName) {
        return Arrays.stream(values())
                .filter(code -> code.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no error code " + wireName));
    }

    public ApiException because(String detail) {
        return new ApiException(this, detail, null, List.of());
    }

    /**
     * Ends the request with this code and names the field.
     *
     * @param param the field, as a JSON pointer into the body, or the name of a query parameter or header
     */
    public ApiException at(String param, String detail) {
        return new ApiException(this, detail, param, List.of());
    }

    /**
     * Ends the request because it comes too early.
     *
     * @param after how long to wait before repeating it
     */
    public ApiException retryable(String detail, Duration after) {
        return new ApiException(this, detail, null, List.of(), null, after);
    }

    public ApiException with(String detail, List<ApiException.Finding> findings) {
        return new ApiException(
                this, detail, findings.isEmpty() ? null : findings.getFirst().pointer(), findings);
    }

    /** Ends the request because what it asks for already exists; there is at least one finding. */
    public ApiException duplicating(List<ApiException.Finding> findings, ApiException.Duplicate other) {
        var first = findings.getFirst();
        return new ApiException(this, first.message(), first.pointer(), findings, other, null);
    }
}
