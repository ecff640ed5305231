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
                        "The route needs an API key or somebody who has signed in, and the request brought neither.",
                        "The header was left out, its scheme is not Bearer, or the variable that holds the key is empty.");
            case API_KEY_INVALID ->
                ofRequest(
                        "A key came with the request, and it is not one that Carillon has made.",
                        "Only a part of the key was copied, or it was made by another installation of Carillon.");
            case API_KEY_REVOKED ->
                ofRequest(
                        "The key existed and was revoked; it opens nothing any more.",
                        "Somebody of the workspace revoked it, by hand or in exchange for a new one.");
            case API_KEY_EXPIRED ->
                ofRequest(
                        "The key was made with an end, and that has passed.",
                        "A program goes on with a key that was meant for a shorter time.");
            case API_KEY_ROTATED ->
                ofRequest(
                        "The key was given another secret, and the time in which this one counted beside it is over.",
                        "A program was left out when the new secret was handed out.");
            case AGENT_DISABLED ->
                ofRequest(
                        "The key belongs to an agent that somebody has disabled, and with it all of its keys.",
                        "The agent was stopped because it did something that it should not have done.");
            case CALLER_ADDRESS_NOT_ALLOWED ->
                ofRequest(
                        "The key has a list of addresses, and the request comes from none of them.",
                        "The program moved to another network, or stands behind a proxy that CARILLON_TRUSTED_PROXIES does not name.");
            case CANNOT_REVOKE_CURRENT_KEY ->
                ofRequest(
                        "A request cannot revoke the key that it came with; whoever sent it would be locked out.",
                        "The key was meant to be exchanged, or its id was taken from GET /v1/me.");
            case CONFLICTING_CREDENTIALS ->
                ofRequest(
                        "The request brings two different keys, or a key and a session's cookie, and Carillon does not choose between them.",
                        "Authorization and x-api-key are both set, one by the program and one by a client or a proxy; or a page of somebody who has signed in sends a key.");
            case SESSION_INVALID ->
                ofRequest(
                        "The request brought a session's cookie, and there is no such session any more.",
                        "Somebody signed out, ended the session from elsewhere, or did not come back for too long.");
            case CSRF_TOKEN_INVALID ->
                ofRequest(
                        "A request that changes something came with a session's cookie, and nothing shows that the page of that session meant it.",
                        "The header Carillon-CSRF was left out or is another session's, or another site had the browser send the request.");
            case EMAIL_NOT_VERIFIED ->
                ofRequest(
                        "Somebody unknown signs in, and nobody says that their e-mail address is theirs, by which alone they could be known.",
                        "The provider of the sign-in gives no address, or one that was never confirmed there.");
            case SIGN_UP_CLOSED ->
                ofRequest(
                        "Somebody has shown who they are, is not known here, and was not invited; this installation takes nobody else.",
                        "The invitation was for another address or has expired, or carillon.sign-up was meant to be open.");
            case SIGN_IN_LINK_INVALID ->
                ofRequest(
                        "The link to sign in with is none, was used before, or has expired; each counts once, and for a quarter of an hour.",
                        "It was opened a second time, came late, or was cut short on its way.");
            case SIGN_IN_OTHER_BROWSER ->
                ofRequest(
                        "The link is good, and not in this browser: it signs in nobody but who asked for it. It stays good.",
                        "The mail was read on another device, or the link was asked for under another host name.");
            case SESSION_REQUIRED ->
                ofRequest(
                        "The route is about a person who has signed in, and the request came with a key, which is nobody in particular.",
                        "A program calls a route that is meant for the pages of a signed-in person.");
            case WORKSPACE_REQUIRED ->
                ofRequest(
                        "The request came with a session, whose person may be in several workspaces, and names none.",
                        "The header Carillon-Workspace was left out.");
            case TOO_MANY_MAILS ->
                ofRequest(
                        "So many mails were asked for that another has to wait; the detail says how long. Known and unknown addresses are counted alike.",
                        "A link was asked for again and again, or an invitation was sent a moment before.");
            case ALREADY_MEMBER ->
                ofRequest(
                        "Whoever has this e-mail address is a member of the workspace.",
                        "They accepted another invitation, or the operator has added them.");
            case ALREADY_INVITED ->
                ofRequest(
                        "An invitation of this e-mail address is open.",
                        "Two members had the same thought, or the first mail was not found.");
            case LAST_OWNER ->
                ofRequest(
                        "The workspace would be left without an owner, and with nobody who could make one; nothing was changed.",
                        "The only owner was to get another role or to be removed.");
            case INVITATION_INVALID ->
                ofRequest(
                        "The invitation is none, was accepted, was revoked, or has expired.",
                        "It was accepted from another tab, came late, or was sent again, after which only the newest mail counts.");
            case INVITATION_FOR_ANOTHER ->
                ofRequest(
                        "The invitation is good, and was sent to another e-mail address than that of whoever has signed in.",
                        "The mail was passed on, or somebody has signed in with another of their addresses.");
            case SCOPE_MISSING ->
                ofRequest(
                        "The key is valid and may not do this; param and the detail name the scope that it lacks.",
                        "The key was made for another purpose, for example for reading only.");
            case KEY_IS_BOUND ->
                ofRequest(
                        "The key is bound to some accounts of the workspace, and this shows or changes more than those.",
                        "A key that was made for some accounts is used to look after the whole workspace.");
            case NOT_FOUND ->
                ofRequest(
                        "Nothing has this id in the workspace and mode of the key, or within the accounts that it is bound to. What belongs to others is answered in the same way.",
                        "A live id is asked for with a test key or the other way round, the id was cut short, or the object was deleted.");
            case ROUTE_NOT_FOUND ->
                ofRequest(
                        "The API has no route with this path.",
                        "The path is misspelled, /v1 is missing in front, or the route came with a later version.");
            case METHOD_NOT_ALLOWED ->
                ofRequest(
                        "The path exists, and takes other methods than this one.",
                        "PUT was sent where PATCH or POST is meant, or a redirect made a GET of a POST.");
            case NOT_EDITABLE ->
                ofRequest(
                        "Something of the post was begun with or has ended, or what is to change is fixed by now; nothing was changed.",
                        "The post went out a moment before, it is being tried again, or it has a time and is to go to other accounts.");
            case REVISION_CONFLICT ->
                ofRequest(
                        "The change names a revision of the post that is no longer its newest; nothing was changed.",
                        "Somebody else, or an earlier request of the same program, has changed the post since it was read.");
            case ACCOUNT_GROUP_LIMIT_REACHED ->
                ofRequest(
                        "The plan has no room for another account group in this mode.",
                        "Groups are made for every post or campaign, and none is deleted.");
            case ACCOUNT_GROUP_IS_DEFAULT ->
                ofRequest(
                        "The group takes the accounts that name none, and cannot be deleted.",
                        "All groups are deleted in a loop, the default one among them.");
            case NOT_ACCEPTABLE ->
                ofRequest(
                        "The Accept header rules out JSON, and there is nothing else to answer with.",
                        "A client library asks for XML or HTML by default.");
            case REQUEST_TIMEOUT ->
                ofRequest(
                        "The request began and did not come to its end in time; nothing of it was done.",
                        "The connection is very slow or broke off, or a Content-Length is larger than the body.");
            case PRECONDITION_FAILED ->
                ofRequest(
                        "If-Match names a state of the object that is no longer its newest; nothing was changed, and the idempotency key stays unused.",
                        "Another program, a person or Carillon itself has changed the object since it was read, or a proxy has made the ETag weak (W/).");
            case BODY_TOO_LARGE ->
                ofRequest(
                        "The body is larger than the server reads, and was not looked at.",
                        "A file was put into the JSON as text, or far too many targets were sent at once.");
            case UNSUPPORTED_MEDIA_TYPE ->
                ofRequest(
                        "The Content-Type says that the body is something else than JSON in UTF-8.",
                        "The body was sent as a form or as plain text, as some clients do when nothing is set.");
            case HEADERS_TOO_LARGE ->
                ofRequest(
                        "The request line or the headers are longer than the server reads.",
                        "A long text stands in the query instead of the body, or a client sends along large cookies.");
            case BODY_NOT_JSON ->
                ofRequest(
                        "The body is not one clean JSON object in UTF-8; the detail tells where reading ended and why.",
                        "The body is empty, JSON was put together by hand, a name stands in an object twice, or a number is out of range.");
            case INVALID_REQUEST ->
                ofRequest(
                        "The request breaks the rules of HTTP, so that it could not be understood.",
                        "The percent-encoding of the path is broken, or a header holds what none may.");
            case INVALID_CURSOR ->
                ofRequest(
                        "The cursor was not given out by this list.",
                        "A cursor of another list was used, it was shortened, or an id was sent in its place.");
            case UNKNOWN_PARAMETER ->
                ofRequest(
                        "The request names a field, a query parameter or a precondition that this route does not have; nothing is ignored in silence.",
                        "A name is misspelled, or belongs to another route or to a later version.");
            case INVALID_PARAMETER ->
                ofRequest(
                        "A field or a query parameter has a value that it cannot have; param names it, and the detail its limits.",
                        "A wrong type, a number or a length beyond the limit, or a word that is none of those listed.");
            case NO_TARGETS ->
                ofRequest(
                        "A post needs somewhere to go, and targets names no account.",
                        "targets was left out, or the list of accounts that it is made from is empty.");
            case TIME_IN_PAST ->
                ofRequest(
                        "publish.at lies before the present time of the workspace, and allow_past was not sent.",
                        "A wrong zone, a clock that is off, or a request that waited in a queue; in test mode a test clock may stand later.");
            case CONTENT_INVALID ->
                both(
                        "A platform would refuse this text or these settings; errors tells the rule, its limit and what was found for each.",
                        "The text is too long in the platform's own unit, or the platform needs media or a setting that is not there.");
            case CREDENTIAL_REJECTED ->
                ofRequest(
                        "The platform was asked and does not accept the credentials; nothing was stored.",
                        "The main password was sent where an app password is asked for, the password was withdrawn, or the name is misspelled.");
            case PLATFORM_NOT_AVAILABLE ->
                ofRequest(
                        "Accounts of this platform cannot be connected in the key's mode; the detail lists those that can.",
                        "The platform is played in test mode and has no live connection yet.");
            case MODE_MISMATCH ->
                ofRequest(
                        "What was asked for exists in the other mode only.",
                        "A live key was used for the sandbox or for a test clock.");
            case ADDRESS_NOT_ALLOWED ->
                ofRequest(
                        "The address is one that Carillon does not call, so that nobody reaches private networks through it.",
                        "The host is local or private, the scheme is not https, or the URL carries a user name.");
            case CONFLICT ->
                ofRequest(
                        "What the request is about is in a state in which that cannot be done; nothing was changed.",
                        "It was brought into that state since it was read, for example a webhook endpoint that was disabled because nothing arrived.");
            case LIMIT_REACHED ->
                ofRequest(
                        "As many of these exist as the plan, or Carillon, allows.",
                        "Old ones were never deleted, or a script makes a new one at each run.");
            case ALREADY_PUBLISHING ->
                ofRequest(
                        "The publication is on its way to the platform at this moment, and cannot be changed or stopped.",
                        "The request came at the time for which the post was planned, or after it.");
            case NOT_CANCELABLE ->
                ofRequest(
                        "The publication has ended, so that there is nothing left to cancel.",
                        "It was published, or failed, before the request arrived.");
            case DUPLICATE_CONTENT ->
                ofRequest(
                        "The account was given the same content a short time ago; duplicate_of names the post that is there already.",
                        "A request was repeated without its idempotency key, or two programs send the same post.");
            case OUTCOME_KNOWN ->
                ofRequest(
                        "Only an unknown outcome can be resolved, and this one is known.",
                        "The platform was asked in the meantime and answered, or somebody else resolved it.");
            case OUTCOME_STILL_OPEN ->
                ofRequest(
                        "The attempt may still arrive, so that it would be too early to say that it did not.",
                        "It was resolved as not published within the time that a call to the platform may take.");
            case NOTHING_TO_RECONCILE ->
                ofRequest(
                        "The platform can be asked about what is published or of unknown outcome, and this is neither.",
                        "The publication is still planned, has failed, was canceled, or was deleted from the platform.");
            case ALREADY_PUBLISHED ->
                ofRequest(
                        "One of the named publications is out already, and is not sent a second time.",
                        "A retry names all targets of a post, though some of them have succeeded.");
            case NOTHING_TO_RETRY ->
                ofRequest(
                        "None of what was named has failed or was missed.",
                        "The publication is still planned, is being tried again by itself, or was canceled.");
            case NOTHING_TO_RESCHEDULE ->
                ofRequest(
                        "None of what was named was missed; only then can it be given another time.",
                        "The publication has failed and wants a retry, or its time has not come yet.");
            case NOT_PUBLISHED ->
                ofRequest(
                        "What is not on the platform cannot be deleted there.",
                        "The publication is still planned, or has failed.");
            case DELETE_NOT_SUPPORTED ->
                ofRequest(
                        "The post cannot be deleted through Carillon, though it may be deleted on the platform.",
                        "The platform has no such call, or the platform's own id of the post is not known.");
            case TEST_CLOCK_CONFLICT ->
                ofRequest(
                        "A test clock is being advanced, and until it stands no other change of it is taken.",
                        "Two tests share one workspace, or an advance was answered with 202 and not waited for.");
            case ACCOUNT_DISCONNECTED ->
                both(
                        "The account was disconnected from Carillon, and its access was wiped.",
                        "Somebody of the workspace disconnected it while posts were still planned for it.");
            case IDEMPOTENCY_KEY_INVALID ->
                ofRequest(
                        "The Idempotency-Key header cannot be used as it came.",
                        "It is empty, too long, holds other than printable ASCII characters, or was sent twice.");
            case IDEMPOTENCY_KEY_REUSED ->
                ofRequest(
                        "This idempotency key was used for a different request within the last 24 hours.",
                        "One key for a whole batch, or a body that is put together anew, with a new time in it, at each repetition.");
            case IDEMPOTENCY_IN_PROGRESS ->
                ofRequest(
                        "A request with this idempotency key is being worked on at this moment.",
                        "The caller lost patience and repeated it while the first one was still running.");
            case RATE_LIMITED ->
                ofRequest(
                        "The caller has sent as much as one of its limits lets pass; the detail names it, its size and when to come back.",
                        "A loop without a pause, or many workers with one key; RateLimit on each reply tells how much is left.");
            case EVENT_NO_LONGER_KEPT ->
                ofRequest(
                        "The stream is to go on behind an event that is older than what the plan keeps, so that nobody can say what is missing between it and now.",
                        "A consumer was away for longer than events are kept.");
            case TOO_MANY_STREAMS ->
                ofRequest(
                        "The key has as many streams open as one key may, or the process as many as it may have at all.",
                        "Streams are opened and never closed, for example one for each post of many.");
            case PLATFORM_UNREACHABLE ->
                ofRequest(
                        "The platform had to be asked before the request could be answered, and did not answer.",
                        "The platform is down, its address is wrong, or the way to it is blocked.");
            case SIGN_IN_NOT_UNDER_WAY ->
                ofRequest(
                        "A provider's answer came that belongs to no sign-in which this browser has begun and not finished.",
                        "It took longer than 10 minutes, the page was loaded a second time, the browser refuses cookies, or a link was followed that somebody else began.");
            case SIGN_IN_REFUSED ->
                ofRequest(
                        "The provider did not sign the person in, or gave no token for the code; the detail has its own word for it.",
                        "The person pressed Cancel (access_denied), or the client id or secret in our configuration is not right (invalid_client).");
            case SIGN_IN_NOT_ALLOWED ->
                ofRequest(
                        "The provider says who the person is, and the rules of this installation keep them out.",
                        "Only certain e-mail domains or groups are let in, or the provider has not verified the address.");
            case IDENTITY_PROVIDER_UNREACHABLE ->
                ofRequest(
                        "The provider that the person wants to sign in with gives no answer, or says that it cannot.",
                        "The provider is down or slow, or its address in our configuration is not right.");
            case IDENTITY_PROVIDER_REPLY_INVALID ->
                ofRequest(
                        "The provider answered, and nobody can be signed in by it: its documents or its id token do not hold.",
                        "The issuer in our configuration is not exactly the provider's, its clock is far off, or somebody tampers with what it sends.");
            case OVERLOADED ->
                ofRequest(
                        "The service cannot take the request at the moment; nothing of it was done.",
                        "The database is away or restarts, or more requests come than connections are free.");
            case INTERNAL_ERROR ->
                both(
                        "Something failed in Carillon itself; the story is in its log under the request id.",
                        "A fault of ours, or a server that stopped in the middle of the work.");
            case AUTH_EXPIRED ->
                both(
                        "The platform's access to the account has run out; what was to go there is held.",
                        "The access had an end, and could not be renewed before it.");
            case AUTH_REVOKED ->
                both(
                        "The platform says that access to the account was withdrawn; what was to go there is held.",
                        "The person removed Carillon in the platform's settings, deleted the app password or changed the main one.");
            case PERMISSION_MISSING ->
                both(
                        "The platform knows the account, and its access does not cover posting; what was to go there is held.",
                        "A permission was left unticked when the account was connected, or the person lost a role on a page.");
            case ACCOUNT_SUSPENDED ->
                both(
                        "The platform has suspended or deactivated the account; what was to go there is held.",
                        "The platform found a breach of its rules, or the owner closed the account.");
            case PLATFORM_RATE_LIMITED ->
                both(
                        "The platform takes no more from this account, or from the app, for some time.",
                        "More was posted than the platform's window allows, here or past Carillon.");
            case PLATFORM_UNAVAILABLE ->
                both(
                        "The platform could not be reached or said that it is out of order; it certainly did not take the post.",
                        "An outage or maintenance of the platform, or a network that is down.");
            case PLATFORM_REJECTED ->
                both(
                        "The platform looked at the request and refused it; platform_message of the attempt has its own words.",
                        "A rule that only the platform can check, for example a word filter or a link that it blocks.");
            case DUPLICATE_ON_PLATFORM ->
                ofPublication(
                        "The platform refuses the post because the account has the same one already.",
                        "The same text was posted before, by hand or through another program.");
            case PARENT_NOT_PUBLISHED ->
                ofPublication(
                        "It goes on a thread whose earlier part has failed or was missed; it is held until that is sent again.",
                        "The error of the earlier part, which the detail names.");
            case REPLY_TARGET_MISSING ->
                ofPublication(
                        "The platform does not have the post that this part of a thread replies to.",
                        "The earlier part was deleted on the platform, by its owner or by a moderator, after it was published.");
            case MEDIA_FETCH_FAILED ->
                ofPublication(
                        "The platform could not load the media that belongs to the post.",
                        "The address of the media has expired, is private, or answers too slowly.");
            case PLATFORM_REPLY_UNREADABLE ->
                both(
                        "The platform answered with something that says neither yes nor no; the post may be out.",
                        "A proxy in front of the platform answered in its place, or the platform changed its replies.");
            case OUTCOME_UNCONFIRMED ->
                both(
                        "The request went out and no whole answer came back; the post may be out.",
                        "The connection broke, the platform took too long, or it failed in the middle of its work.");
            case OUTCOME_UNRESOLVED ->
                ofPublication(
                        "It is not known whether the post is out, and the platform cannot be asked with certainty; a person has to look.",
                        "The platform has no look-up for posts, or several posts look the same.");
            case REPORTED_NOT_PUBLISHED ->
                ofPublication(
                        "Somebody resolved the unknown outcome by saying that the post is not out.",
                        "A person looked at the account and did not find it there.");
            case TOO_LATE ->
                ofPublication(
                        "The time of the post passed, and its grace as well, before it could be sent; nothing was sent.",
                        "The account was paused, held or at its limit for long, or Carillon was not running.");
            case RETRIES_EXHAUSTED ->
                ofPublication(
                        "Each attempt met a trouble that might have passed, and there are no more attempts.",
                        "The platform, or the host of the media, was out of order for hours.");
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
