package dev.carillon.core.kernel;

/**
 * The long explanation of an error code, for readers of the documentation. The switch lists every code, so that a new
 * one does not compile until it is explained; {@code docs/errors.md} is generated from these texts.
 *
 * @param appliesTo where the code occurs
 * @param meaning what the code says
 * @param cause its usual cause
 */
public record ErrorMeaning(AppliesTo appliesTo, String meaning, String cause) {

    /** Where a code occurs. */
    public enum AppliesTo {
        /** A request that is refused with it. */
        REQUEST,
        /** A publication whose error it is, in replies, events and webhooks. */
        PUBLICATION,
        /** Either. */
        BOTH
    }

    public static ErrorMeaning of(ErrorCode code) {
        return switch (code) {
            case AUTHENTICATION_REQUIRED ->
                ofRequest(
                        "The request has neither an API key nor a session.",
                        "The header is missing, its scheme is not Bearer, or the variable that holds the key is empty.");
            case API_KEY_INVALID ->
                ofRequest(
                        "Carillon does not know the API key in the request.",
                        "Only part of the key was copied, or the key belongs to another installation.");
            case API_KEY_REVOKED ->
                ofRequest(
                        "The key was revoked and can no longer be used.",
                        "A member or another key revoked it, for example after it was replaced.");
            case API_KEY_EXPIRED ->
                ofRequest(
                        "The key was created with an expiry time, which has passed.",
                        "A program still uses a key that was created for a limited time.");
            case API_KEY_ROTATED ->
                ofRequest(
                        "The key has a new secret, and the previous secret no longer works.",
                        "A program still sends the previous secret.");
            case AGENT_DISABLED ->
                ofRequest(
                        "The key belongs to a disabled agent; all keys of this agent are refused.",
                        "The agent was disabled, for example because it published something that it should not have.");
            case CALLER_ADDRESS_NOT_ALLOWED ->
                ofRequest(
                        "The key allows only certain IP addresses, and the request comes from a different one.",
                        "The program moved to another network, or its proxy is not listed in CARILLON_TRUSTED_PROXIES.");
            case CANNOT_REVOKE_CURRENT_KEY ->
                ofRequest(
                        "A key cannot revoke itself, because its caller would be locked out.",
                        "The key was meant to be rotated, or its id was taken from GET /v1/me.");
            case CONFLICTING_CREDENTIALS ->
                ofRequest(
                        "The request has two different keys, or a key and a session cookie; Carillon does not choose between them.",
                        "A proxy or client library adds a second key, or a signed-in user's page sends a key.");
            case SESSION_INVALID ->
                ofRequest(
                        "The session that the cookie belongs to has ended.",
                        "The user signed out, the session was ended from elsewhere, or it expired.");
            case CSRF_TOKEN_INVALID ->
                ofRequest(
                        "A state-changing request with a session cookie does not prove that it comes from the session's own page.",
                        "The Carillon-CSRF header is missing or belongs to another session, or another site made the browser send the request.");
            case EMAIL_NOT_VERIFIED ->
                ofRequest(
                        "The first sign-in through a provider needs a verified e-mail address, and the provider confirms none.",
                        "The provider sends no address, or one that was never verified there.");
            case SIGN_UP_CLOSED ->
                ofRequest(
                        "Your address is confirmed, but you are not a user here and have no invitation; this installation requires one.",
                        "The invitation was for another address or has expired, or carillon.sign-up should be `open`.");
            case SIGN_IN_LINK_INVALID ->
                ofRequest(
                        "The sign-in link is unknown, was used before, or has expired; each link works once, for 15 minutes by default.",
                        "The link was opened twice or too late, or part of it is missing.");
            case SIGN_IN_OTHER_BROWSER ->
                ofRequest(
                        "The sign-in link works only in the browser that requested it. It stays valid.",
                        "The mail was opened on another device, or the link was requested under another host name.");
            case SESSION_REQUIRED ->
                ofRequest(
                        "The route is for a signed-in user, and the request was sent with an API key.",
                        "A program calls a route that is meant for the pages of a signed-in user.");
            case WORKSPACE_REQUIRED ->
                ofRequest(
                        "A request with a session must name the workspace, because a user can belong to several.",
                        "The Carillon-Workspace header is missing.");
            case TOO_MANY_MAILS ->
                ofRequest(
                        "Too many mails were requested; Retry-After says how long to wait. Known and unknown addresses count alike.",
                        "A sign-in link was requested again and again, or an invitation was sent a moment ago.");
            case ALREADY_MEMBER ->
                ofRequest(
                        "The person is already a member of the workspace.",
                        "The person accepted another invitation, or the operator added them.");
            case ALREADY_INVITED ->
                ofRequest(
                        "An invitation for this e-mail address is already open.",
                        "Another member sent it, or the recipient did not find the first mail.");
            case LAST_OWNER ->
                ofRequest(
                        "The change would leave the workspace without an owner; nothing was changed.",
                        "The request removes the only owner or gives them another role.");
            case INVITATION_INVALID ->
                ofRequest(
                        "The invitation does not exist, was accepted or revoked, or has expired.",
                        "It was accepted in another tab or opened too late, or it was sent again, and only the newest mail counts.");
            case INVITATION_FOR_ANOTHER ->
                ofRequest(
                        "The invitation was sent to a different e-mail address than that of the signed-in user.",
                        "The mail was forwarded, or the user signed in with another of their addresses.");
            case SCOPE_MISSING ->
                ofRequest(
                        "The key is valid but lacks a scope, which `param` and `detail` name.",
                        "The key was created for another purpose, such as reading only.");
            case KEY_IS_BOUND ->
                ofRequest(
                        "The key is bound to some accounts of the workspace, and the request shows or changes more than those.",
                        "A key for some accounts is used to manage the whole workspace.");
            case NOT_FOUND ->
                ofRequest(
                        "The key can see no object with this id. Objects of other workspaces get the same answer.",
                        "A live id was used with a test key or the reverse, part of the id is missing, or the object was deleted.");
            case ROUTE_NOT_FOUND ->
                ofRequest(
                        "The API has no route with this path.",
                        "The path is misspelled, does not start with /v1, or exists only in a later version.");
            case METHOD_NOT_ALLOWED ->
                ofRequest(
                        "The path exists but does not support this method.",
                        "PUT was sent instead of PATCH or POST, or a redirect turned a POST into a GET.");
            case NOT_EDITABLE ->
                ofRequest(
                        "Publishing has started or ended for part of the post, or the change is no longer possible; nothing was changed.",
                        "The post was published a moment ago, is being retried, or has a time and can no longer change its accounts.");
            case REVISION_CONFLICT ->
                ofRequest(
                        "The change is based on an earlier revision of the post; nothing was changed.",
                        "Another caller, or an earlier request of the same program, has edited the post since you read it.");
            case ACCOUNT_GROUP_LIMIT_REACHED ->
                ofRequest(
                        "The plan allows no more account groups in this mode.",
                        "A group is created for every post or campaign, and none is deleted.");
            case ACCOUNT_GROUP_IS_DEFAULT ->
                ofRequest(
                        "The group takes accounts that are connected without a group, and cannot be deleted.",
                        "A script deletes all groups, including the default one.");
            case NOT_ACCEPTABLE ->
                ofRequest(
                        "The Accept header excludes JSON, which is all that the route can return.",
                        "A client library asks for XML or HTML by default.");
            case REQUEST_TIMEOUT ->
                ofRequest(
                        "The request did not arrive completely in time; nothing was done.",
                        "The connection is slow or broke, or Content-Length is larger than the body.");
            case PRECONDITION_FAILED ->
                ofRequest(
                        "If-Match names an earlier state of the object; nothing was changed, and the idempotency key is still unused.",
                        "The object has changed since you read it, or a proxy made the ETag weak (W/).");
            case BODY_TOO_LARGE ->
                ofRequest(
                        "The body is larger than the server accepts and was not read.",
                        "A file was embedded in the JSON, or the request has far too many targets.");
            case UNSUPPORTED_MEDIA_TYPE ->
                ofRequest(
                        "The Content-Type is not JSON in UTF-8.",
                        "The body was sent as a form or as plain text, the default of some clients.");
            case HEADERS_TOO_LARGE ->
                ofRequest(
                        "The request line or the headers are longer than the server accepts.",
                        "Long text was sent in the query instead of the body, or the client sends large cookies.");
            case BODY_NOT_JSON ->
                ofRequest(
                        "The body is not a single valid JSON object in UTF-8; `detail` says where and why reading stopped.",
                        "The body is empty, the JSON was assembled by hand, a name occurs twice in an object, or a number is out of range.");
            case INVALID_REQUEST ->
                ofRequest(
                        "The request is not valid HTTP and could not be understood.",
                        "The percent-encoding of the path is broken, or a header contains characters that are not allowed.");
            case INVALID_CURSOR ->
                ofRequest(
                        "The cursor does not come from this list.",
                        "The cursor belongs to another list, was shortened, or is an id.");
            case UNKNOWN_PARAMETER ->
                ofRequest(
                        "The route has no such field, query parameter or precondition; Carillon ignores nothing silently.",
                        "The name is misspelled, or belongs to another route or to a later version.");
            case INVALID_PARAMETER ->
                ofRequest(
                        "A field or query parameter has an invalid value; `param` names it, and `detail` says what is allowed.",
                        "The type is wrong, a number or length exceeds its limit, or a word is not one of the allowed values.");
            case NO_TARGETS ->
                ofRequest(
                        "The post has no target: `targets` contains no connected account.",
                        "`targets` is missing or empty, or the group or platform in it has no connected account.");
            case TIME_IN_PAST ->
                ofRequest(
                        "`publish.at` is before the workspace's current time, and `allow_past` was not sent.",
                        "The time zone or the clock is wrong, the request waited in a queue, or a test clock is ahead of real time.");
            case CONTENT_INVALID ->
                both(
                        "A platform would refuse this text or these settings; `errors` gives each rule, its limit and the actual value.",
                        "The text is too long as the platform counts it, or required media or a required setting is missing.");
            case CREDENTIAL_REJECTED ->
                ofRequest(
                        "The platform did not accept the credentials; nothing was stored.",
                        "The main password was sent instead of an app password, the password was revoked, or the name is misspelled.");
            case PLATFORM_NOT_AVAILABLE ->
                ofRequest(
                        "Accounts on this platform cannot be connected in the key's mode; `detail` lists the available platforms.",
                        "The platform is simulated in test mode and not yet supported in live mode.");
            case MODE_MISMATCH ->
                ofRequest(
                        "The request is possible only in the other mode.",
                        "A live key was used for the sandbox or for a test clock.");
            case ADDRESS_NOT_ALLOWED ->
                ofRequest(
                        "Carillon does not call this address, to keep private networks out of reach.",
                        "The host is local or private, the scheme is not https, or the URL contains a user name.");
            case CONFLICT ->
                ofRequest(
                        "The object's current state does not allow the request; nothing was changed.",
                        "The state has changed since you read the object; for example, a webhook endpoint was disabled.");
            case LIMIT_REACHED ->
                ofRequest(
                        "The plan, or Carillon itself, allows no more objects of this kind.",
                        "Old objects are never deleted, or a script creates a new one on every run.");
            case ALREADY_PUBLISHING ->
                ofRequest(
                        "The publication is being sent to the platform and can no longer be changed or stopped.",
                        "The request arrived at the post's time or later.");
            case NOT_CANCELABLE ->
                ofRequest(
                        "The publication has ended, so there is nothing left to cancel.",
                        "It was published, failed or was missed before the request arrived.");
            case DUPLICATE_CONTENT ->
                ofRequest(
                        "The account already has the same content from a recent or scheduled post; `duplicate_of` names it if your key may see it.",
                        "A request was repeated without its idempotency key, or two programs send the same post.");
            case OUTCOME_KNOWN ->
                ofRequest(
                        "Only an unknown outcome can be resolved, and this outcome is known.",
                        "The platform has answered in the meantime, or another caller has resolved the outcome.");
            case OUTCOME_STILL_OPEN ->
                ofRequest(
                        "The attempt can still publish, so it is too early to report that it did not.",
                        "The outcome was reported as not published before the attempt's calls to the platform had timed out.");
            case NOTHING_TO_RECONCILE ->
                ofRequest(
                        "Only a published publication or one with an unknown outcome can be reconciled, and this is neither.",
                        "The publication is still scheduled, has failed, was canceled, or was deleted from the platform.");
            case ALREADY_PUBLISHED ->
                ofRequest(
                        "One of the named publications is already published and is not sent again.",
                        "A retry names all targets of a post, although some of them succeeded.");
            case NOTHING_TO_RETRY ->
                ofRequest(
                        "None of the named publications failed or was missed.",
                        "They are still scheduled, are being retried automatically, or were canceled.");
            case NOTHING_TO_RESCHEDULE ->
                ofRequest(
                        "None of the named publications was missed; only missed ones can be rescheduled.",
                        "The publication failed and needs a retry, or its time has not come yet.");
            case NOT_PUBLISHED ->
                ofRequest(
                        "The publication is not on the platform, so it cannot be deleted there.",
                        "It is still scheduled, was canceled, or has failed.");
            case DELETE_NOT_SUPPORTED ->
                ofRequest(
                        "Carillon cannot delete this post, although you may be able to delete it on the platform.",
                        "The platform's API does not delete posts, or the platform's id of the post is unknown.");
            case TEST_CLOCK_CONFLICT ->
                ofRequest(
                        "The test clock is advancing, and accepts no other change until it has finished.",
                        "Two tests share a workspace, or a program did not wait for an advance that was answered with 202.");
            case ACCOUNT_DISCONNECTED ->
                both(
                        "The account was disconnected from Carillon, and its credentials were deleted.",
                        "The account was disconnected while posts were still scheduled for it.");
            case IDEMPOTENCY_KEY_INVALID ->
                ofRequest(
                        "The Idempotency-Key header has an invalid value.",
                        "It is empty or too long, contains characters other than printable ASCII, or was sent twice.");
            case IDEMPOTENCY_KEY_REUSED ->
                ofRequest(
                        "This idempotency key was used for a different request in the last 24 hours.",
                        "One key is used for several requests, or each repetition builds a new body, for example with a new time.");
            case IDEMPOTENCY_IN_PROGRESS ->
                ofRequest(
                        "A request with this idempotency key is still running.",
                        "The caller repeated the request before the first one had finished.");
            case RATE_LIMITED ->
                ofRequest(
                        "The caller has reached a rate limit; `detail` names the limit and says when to repeat the request.",
                        "A loop sends requests without a pause, or many workers share a key; the RateLimit header shows what is left.");
            case EVENT_NO_LONGER_KEPT ->
                ofRequest(
                        "The stream should continue after an event that is older than the plan keeps, so later events may be missing too.",
                        "A consumer was offline for longer than events are kept.");
            case TOO_MANY_STREAMS ->
                ofRequest(
                        "The key, or the process that it connected to, has reached its limit of open streams.",
                        "Streams are opened and never closed, or one stream is opened for each post.");
            case PLATFORM_UNREACHABLE ->
                ofRequest(
                        "Carillon has to ask the platform before it can answer the request, and the platform did not respond.",
                        "The platform is down, its address is wrong, or the network blocks the call.");
            case SIGN_IN_NOT_UNDER_WAY ->
                ofRequest(
                        "The provider's answer belongs to no unfinished sign-in of this browser.",
                        "It took more than 10 minutes, the page was reloaded, cookies are blocked, or the sign-in began in another browser.");
            case SIGN_IN_REFUSED ->
                ofRequest(
                        "The provider did not complete the sign-in or issued no token; `detail` quotes its reason.",
                        "The user pressed Cancel (access_denied), or the configured client id or secret is wrong (invalid_client).");
            case SIGN_IN_NOT_ALLOWED ->
                ofRequest(
                        "The provider identified the user, but the rules of this installation do not admit them.",
                        "Only certain e-mail domains or groups are admitted, or the provider has not verified the address.");
            case IDENTITY_PROVIDER_UNREACHABLE ->
                ofRequest(
                        "The sign-in provider does not respond, or reports that it is unavailable.",
                        "The provider is down or slow, or its configured address is wrong.");
            case IDENTITY_PROVIDER_REPLY_INVALID ->
                ofRequest(
                        "The provider's answer cannot be trusted: its metadata or its id token is invalid.",
                        "The configured issuer differs from the provider's, a clock is wrong, or the answer was tampered with.");
            case OVERLOADED ->
                ofRequest(
                        "The service cannot handle the request at the moment; nothing was done.",
                        "The database is unavailable or restarting, or all connections are in use.");
            case INTERNAL_ERROR ->
                both(
                        "Something failed in Carillon; its log has the details under the request id.",
                        "Carillon has a bug, or a server stopped in the middle of the work.");
            case AUTH_EXPIRED ->
                both(
                        "Carillon's access to the account has expired; the account's publications are held.",
                        "The access was limited in time and could not be renewed before it ended.");
            case AUTH_REVOKED ->
                both(
                        "The platform reports that access to the account was revoked; the account's publications are held.",
                        "The owner removed Carillon in the platform's settings, deleted the app password, or changed the main password.");
            case PERMISSION_MISSING ->
                both(
                        "Carillon's access to the account does not include posting; the account's publications are held.",
                        "A permission was not granted when the account was connected, or the owner lost a role on a page.");
            case ACCOUNT_SUSPENDED ->
                both(
                        "The platform has suspended or deactivated the account; the account's publications are held.",
                        "The platform found a violation of its rules, or the owner closed the account.");
            case PLATFORM_RATE_LIMITED ->
                both(
                        "The platform accepts no more posts from this account, or from the app, for some time.",
                        "More was posted than the platform's rate limit allows, through Carillon or elsewhere.");
            case PLATFORM_UNAVAILABLE ->
                both(
                        "The platform could not be reached or was out of service; it certainly does not have the post.",
                        "The platform has an outage or maintenance, or a network is down.");
            case PLATFORM_REJECTED ->
                both(
                        "The platform refused the post; the attempt's `platform_message` gives its reason.",
                        "The post breaks a rule that only the platform can check, such as a word filter or a blocked link.");
            case DUPLICATE_ON_PLATFORM ->
                ofPublication(
                        "The platform refused the post because the account already has the same one.",
                        "The same text was posted before, by hand or by another program.");
            case PARENT_NOT_PUBLISHED ->
                ofPublication(
                        "An earlier part of the thread failed or was missed; this part is held until the earlier part is published.",
                        "The earlier part's error; `message` says which part it is.");
            case REPLY_TARGET_MISSING ->
                ofPublication(
                        "The platform does not have the post that this part of the thread replies to.",
                        "The owner or a moderator deleted the earlier part on the platform after it was published.");
            case MEDIA_FETCH_FAILED ->
                ofPublication(
                        "The platform could not fetch the post's media.",
                        "The address of the media has expired, is private, or responds too slowly.");
            case PLATFORM_REPLY_UNREADABLE ->
                both(
                        "The platform's answer says neither yes nor no; the post may be published.",
                        "A proxy in front of the platform answered instead, or the platform changed its replies.");
            case OUTCOME_UNCONFIRMED ->
                both(
                        "The request was sent, but no complete answer arrived; the post may be published.",
                        "The connection broke, the platform took too long, or it failed in the middle of its work.");
            case OUTCOME_UNRESOLVED ->
                ofPublication(
                        "It is unknown whether the post was published, and the platform gives no certain answer; a person has to check.",
                        "The platform has no lookup for posts, or several posts look the same.");
            case REPORTED_NOT_PUBLISHED ->
                ofPublication(
                        "The unknown outcome was resolved with the report that the post was not published.",
                        "A person checked the account and did not find the post.");
            case TOO_LATE ->
                ofPublication(
                        "The post's time and its grace period passed before it could be sent; nothing was sent.",
                        "The account was paused, held or at its limit for too long, or Carillon was not running.");
            case RETRIES_EXHAUSTED ->
                ofPublication(
                        "Every attempt failed with a problem that can pass, and no attempts are left.",
                        "The platform, or the host of the media, was unavailable for hours.");
        };
    }

    private static ErrorMeaning ofRequest(String meaning, String cause) {
        return new ErrorMeaning(AppliesTo.REQUEST, meaning, cause);
    }

    private static ErrorMeaning ofPublication(String meaning, String cause) {
        return new ErrorMeaning(AppliesTo.PUBLICATION, meaning, cause);
    }

    private static ErrorMeaning both(String meaning, String cause) {
        return new ErrorMeaning(AppliesTo.BOTH, meaning, cause);
    }
}
