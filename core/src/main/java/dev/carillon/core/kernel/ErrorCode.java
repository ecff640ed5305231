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
            401,
            "Authentication required",
            "Send an API key as 'Authorization: Bearer crl_...' or as 'x-api-key: crl_...'."),
    API_KEY_INVALID(401, "Invalid API key", "Check that you copied the whole key, or create a new one."),
    API_KEY_REVOKED(401, "API key revoked", "Use another key."),
    API_KEY_EXPIRED(401, "API key expired", "Create a new key."),
    API_KEY_ROTATED(401, "API key rotated", "Use the secret that the rotation returned."),
    AGENT_DISABLED(403, "Agent disabled", "Enable the agent, or use a key that does not belong to it."),
    CALLER_ADDRESS_NOT_ALLOWED(
            403,
            "Caller's address not allowed",
            "Send the request from one of the key's addresses, or create a key that allows this address."),
    CANNOT_REVOKE_CURRENT_KEY(409, "Cannot revoke the current key", "Revoke it with another key, or rotate it."),
    CONFLICTING_CREDENTIALS(401, "Conflicting credentials", "Send one key in one header, or only the session cookie."),
    SESSION_INVALID(401, "Invalid session", "Sign in again."),
    CSRF_TOKEN_INVALID(
            403,
            "CSRF check failed",
            "Send the `csrf_token` of GET /v1/session in the Carillon-CSRF header, from the same origin."),
    EMAIL_NOT_VERIFIED(
            403, "E-mail address not verified", "Verify the address with your sign-in provider, or sign in by mail."),
    SIGN_UP_CLOSED(403, "Invitation required", "Ask an owner or admin of a workspace for an invitation."),
    SIGN_IN_LINK_INVALID(410, "Invalid sign-in link", "Request a new link."),
    SIGN_IN_OTHER_BROWSER(
            403,
            "Sign-in link of another browser",
            "Open the link in the browser that requested it, or request a new link in this one."),
    SESSION_REQUIRED(403, "Session required", "Sign in, and send the session cookie instead of a key."),
    WORKSPACE_REQUIRED(
            400,
            "Workspace required",
            "Send the workspace's id in the Carillon-Workspace header; GET /v1/workspaces lists your workspaces."),
    TOO_MANY_MAILS(429, "Too many mails", "Wait for as long as Retry-After says, then try again.", false, true),
    ALREADY_MEMBER(409, "Already a member", "Change the member's role if they need other permissions."),
    ALREADY_INVITED(409, "Already invited", "Send the open invitation again, or revoke it first."),
    LAST_OWNER(409, "Last owner", "Make another member an owner first."),
    INVITATION_INVALID(410, "Invalid invitation", "Ask for a new invitation."),
    INVITATION_FOR_ANOTHER(403, "Invitation for another address", "Sign in with the e-mail address that was invited."),
    SCOPE_MISSING(403, "Scope missing", "Use a key that has the scope, or create one."),
    KEY_IS_BOUND(403, "Key bound to accounts", "Use a key without `account_ids` and `account_group_ids`."),
    NOT_FOUND(404, "Not found", "Check the id, and that the key belongs to the same workspace and mode."),
    ROUTE_NOT_FOUND(404, "Route not found", "Check the path against GET /openapi.json."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "Use a method that the Allow header lists."),
    NOT_ACCEPTABLE(406, "Not acceptable", "Accept application/json."),
    REQUEST_TIMEOUT(408, "Request timeout", "Send the whole request again, without pauses.", false, true),
    PRECONDITION_FAILED(
            412,
            "Precondition failed",
            "Read the object again, then send the change with its new ETag or revision in If-Match."),
    BODY_TOO_LARGE(413, "Body too large", "Send a smaller body."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "Send JSON with 'Content-Type: application/json'."),
    HEADERS_TOO_LARGE(431, "Headers too large", "Send shorter headers."),
    BODY_NOT_JSON(400, "Body is not valid JSON", "Send one JSON object in UTF-8."),
    INVALID_REQUEST(400, "Invalid request", "Fix the problem that `detail` describes, then send the request again."),
    INVALID_CURSOR(400, "Invalid cursor", "Send `next_cursor` unchanged, or no cursor to start from the beginning."),
    UNKNOWN_PARAMETER(422, "Unknown parameter", "Remove the field, or correct its name.", true),
    INVALID_PARAMETER(422, "Invalid parameter", "Fix the field named in `param`."),
    NO_TARGETS(422, "No targets", "Add at least one account, account group or platform to `targets`."),
    TIME_IN_PAST(422, "Time in the past", "Choose a later time, or publish now.", true),
    CONTENT_INVALID(422, "Content breaks a platform rule", "Fix each problem that `errors` lists."),
    CREDENTIAL_REJECTED(422, "Credential rejected", "Check the credential with the platform, then send it again."),
    PLATFORM_NOT_AVAILABLE(422, "Platform not available", "Choose a platform that is available in this mode."),
    MODE_MISMATCH(422, "Wrong mode", "Use a key of the other mode."),
    ADDRESS_NOT_ALLOWED(422, "Address not allowed", "Use a public https address."),
    ACCOUNT_GROUP_LIMIT_REACHED(422, "Account group limit reached", "Delete a group first, or change the plan."),
    ACCOUNT_GROUP_IS_DEFAULT(409, "Default account group", "Keep this group; you can delete every other group."),
    CONFLICT(409, "Conflict", "Bring the object into the state that `detail` asks for, then send the request again."),
    LIMIT_REACHED(422, "Limit reached", "Remove one first, or change the plan."),
    ALREADY_PUBLISHING(409, "Already publishing", "Wait for the outcome; publishing can no longer be stopped."),
    NOT_CANCELABLE(409, "Not cancelable", "Delete a published post instead; cancel only what has not been published."),
    DUPLICATE_CONTENT(
            409,
            "Duplicate content",
            "Check `duplicate_of`; to post the same content again, send `\"allow_duplicate\": true`."),
    OUTCOME_KNOWN(409, "Outcome already known", "Read the publication; only an unknown outcome can be resolved."),
    OUTCOME_STILL_OPEN(
            409,
            "Outcome still open",
            "Wait until the time that `detail` gives, then check the account again.",
            false,
            true),
    NOT_EDITABLE(
            409,
            "Not editable",
            "Cancel the post and create another; a post can be edited only until publishing starts."),
    REVISION_CONFLICT(409, "Revision conflict", "Read the post again, then send the change with its new revision."),
    NOTHING_TO_RECONCILE(
            409, "Nothing to reconcile", "Reconcile only publications that are published or whose outcome is unknown."),
    ALREADY_PUBLISHED(
            409, "Already published", "Remove it from `targets`; to publish a second copy, create another post."),
    NOTHING_TO_RETRY(409, "Nothing to retry", "Retry only publications that failed or were missed."),
    NOTHING_TO_RESCHEDULE(409, "Nothing to reschedule", "Reschedule only missed publications; retry failed ones."),
    NOT_PUBLISHED(409, "Not published", "Delete only published publications; cancel those that have not been sent."),
    DELETE_NOT_SUPPORTED(422, "Deletion not supported", "Delete the post on the platform itself."),
    TEST_CLOCK_CONFLICT(
            409,
            "Test clock is advancing",
            "Wait until the clock has stopped advancing, or delete it, then try again.",
            false,
            true),
    ACCOUNT_DISCONNECTED(409, "Account disconnected", "Connect the account again."),
    IDEMPOTENCY_KEY_INVALID(400, "Invalid idempotency key", "Use 1 to 255 printable ASCII characters."),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused", "Use a new key for a different request."),
    IDEMPOTENCY_IN_PROGRESS(
            409, "Idempotency key in progress", "Wait a moment, then repeat the same request.", false, true),
    RATE_LIMITED(
            429, "Too many requests", "Wait for as long as Retry-After says, then repeat the request.", true, true),
    EVENT_NO_LONGER_KEPT(
            410,
            "Event no longer kept",
            "Read GET /v1/events?order=asc from the beginning, then stream from its last event on."),
    TOO_MANY_STREAMS(
            429, "Too many open streams", "Close a stream first, or use one stream instead of several.", false, true),
    PLATFORM_UNREACHABLE(503, "Platform unreachable", "Try again in a moment.", false, true),
    SIGN_IN_NOT_UNDER_WAY(
            400,
            "No sign-in in progress",
            "Start the sign-in again, and finish it in the same browser within 10 minutes."),
    SIGN_IN_REFUSED(403, "Sign-in refused by the provider", "Sign in again, or use another way to sign in."),
    SIGN_IN_NOT_ALLOWED(
            403, "Sign-in not allowed", "Sign in with another account, or ask the operator of this installation."),
    IDENTITY_PROVIDER_UNREACHABLE(
            503, "Sign-in provider unreachable", "Try again in a moment, or use another way to sign in.", false, true),
    IDENTITY_PROVIDER_REPLY_INVALID(
            502,
            "Invalid answer from the sign-in provider",
            "Sign in again; if the error persists, tell the operator of this installation."),
    OVERLOADED(503, "Overloaded", "Try again in a moment.", false, true),
    INTERNAL_ERROR(500, "Internal error", "Try again; if the error persists, report the request id.", false, true),

    // Outcome of a publication. The status applies to a request that meets the error directly.
    AUTH_EXPIRED(409, "Access expired", "Connect the account again."),
    AUTH_REVOKED(409, "Access revoked", "Connect the account again."),
    PERMISSION_MISSING(409, "Permission missing", "Connect the account again, and grant permission to post."),
    ACCOUNT_SUSPENDED(
            409, "Account suspended", "Resolve the suspension with the platform, then connect the account again."),
    PLATFORM_RATE_LIMITED(
            429,
            "Platform rate limit reached",
            "Nothing to do: Carillon tries again when the platform allows it.",
            false,
            true),
    PLATFORM_UNAVAILABLE(503, "Platform unavailable", "Nothing to do: Carillon tries again.", false, true),
    PLATFORM_REJECTED(
            422,
            "Rejected by the platform",
            "Read the platform's message, change the content, and create another post."),
    DUPLICATE_ON_PLATFORM(409, "Duplicate on the platform", "Change the text, and create another post."),
    PARENT_NOT_PUBLISHED(
            409,
            "Earlier part not published",
            "Retry the earlier part with POST /v1/posts/{id}/retry; this part follows it."),
    REPLY_TARGET_MISSING(
            409, "Reply target missing", "Check the earlier part on the platform, and publish the rest as a new post."),
    MEDIA_FETCH_FAILED(422, "Media could not be fetched", "Make the media reachable, and create the post again."),
    PLATFORM_REPLY_UNREADABLE(
            502,
            "Unreadable answer from the platform",
            "Nothing to do: Carillon asks the platform what happened.",
            false,
            true),
    OUTCOME_UNCONFIRMED(
            504, "Outcome unconfirmed", "Nothing to do: Carillon asks the platform what happened.", false, true),
    OUTCOME_UNRESOLVED(
            504,
            "Outcome unresolved",
            "Check the account, then report what happened with POST /v1/publications/{id}/resolve."),
    REPORTED_NOT_PUBLISHED(409, "Reported as not published", "Retry it with POST /v1/posts/{id}/retry, or leave it."),
    TOO_LATE(
            409,
            "Too late",
            "Reschedule it with POST /v1/posts/{id}/reschedule, or publish it now with POST /v1/posts/{id}/retry."),
    RETRIES_EXHAUSTED(
            503, "Retries exhausted", "Retry it with POST /v1/posts/{id}/retry when the platform is available again.");

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
