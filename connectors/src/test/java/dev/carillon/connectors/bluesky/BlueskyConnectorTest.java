package dev.carillon.connectors.bluesky;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.connectors.CredentialsInMemory;
import dev.carillon.connectors.FixedClocks;
import dev.carillon.connectors.GuardedHttp;
import dev.carillon.connectors.PlatformConnectorContract;
import dev.carillon.connectors.Requests;
import dev.carillon.connectors.http.CallOutcomes;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.platform.Checkpoint;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.platform.LookUp;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformConnector;
import dev.carillon.core.platform.PlatformPost;
import dev.carillon.core.platform.PublishOutcome;
import dev.carillon.core.platform.PublishOutcome.AccessLost;
import dev.carillon.core.platform.PublishOutcome.Published;
import dev.carillon.core.platform.PublishOutcome.Rejected;
import dev.carillon.core.platform.PublishOutcome.Throttled;
import dev.carillon.core.platform.PublishOutcome.Unavailable;
import dev.carillon.core.platform.PublishOutcome.Unconfirmed;
import dev.carillon.core.platform.ReplyTo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlueskyConnectorTest extends PlatformConnectorContract {
    private static final String DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
    private static final String KEY = "3lfabcdefghij";
    private static final String URI = "at://" + DID + "/app.bsky.feed.post/" + KEY;
    private static final String CID = "bafyreigq3exe2m23sojzoachuyucow4vu7eyatati4uy6scr4ixt6xwlhi";
    private static final String PUT = "/xrpc/com.atproto.repo.putRecord";
    private static final String APPLY = "/xrpc/com.atproto.repo.applyWrites";
    private static final String REFRESH = "/xrpc/com.atproto.server.refreshSession";
    private static final String GET_RECORD = "/xrpc/com.atproto.repo.getRecord";

    private static final String POST_RECORD =
            "{\"$type\":\"app.bsky.feed.post\",\"text\":\"kept\",\"createdAt\":\"2026-11-22T12:00:00.123Z\"}";

    private final CredentialsInMemory credentials =
            new CredentialsInMemory(new Tokens("access-1", "refresh-1").toCredentials());

    @Override
    protected PlatformConnector connector(GuardedHttp http, String url) {
        return new BlueskyConnector(
                http.json(), http.urls(), credentials, FixedClocks.atNoon(), new BlueskyContentRules());
    }

    @Override
    protected ConnectedAccount account(String url) {
        return Requests.account(Platform.BLUESKY, Mode.LIVE, DID, url);
    }

    @Override
    protected String acceptance() {
        return "{\"uri\":\"%s\",\"cid\":\"%s\",\"commit\":{\"cid\":\"bafy\",\"rev\":\"3n2w\"},\"validationStatus\":\"valid\"}"
                .formatted(URI, CID);
    }

    @Override
    protected Checkpoint checkpoint() {
        return new Draft(KEY, "2026-11-22T12:00:00.123Z", POST_RECORD, Optional.empty(), Optional.empty())
                .toCheckpoint();
    }

    private static Checkpoint checkpointWithGate() {
        var gate =
                "{\"$type\":\"app.bsky.feed.threadgate\",\"post\":\"%s\",\"allow\":[],\"createdAt\":\"2026-11-22T12:00:00.123Z\"}"
                        .formatted(URI);
        return new Draft(KEY, "2026-11-22T12:00:00.123Z", POST_RECORD, Optional.of(gate), Optional.empty())
                .toCheckpoint();
    }

    @Override
    protected String refusalSaying(String words) {
        return trouble("InvalidRequest", words);
    }

    @Test
    void itServesBlueskyInLiveModeOnly() {
        assertThat(connector().serves(Mode.LIVE)).containsExactly(Platform.BLUESKY);
        assertThat(connector().serves(Mode.TEST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequest, REJECTED, PLATFORM_REJECTED",
        "400, BlobTooLarge, REJECTED, PLATFORM_REJECTED",
        "400, InvalidMimeType, REJECTED, PLATFORM_REJECTED",
        "413, PayloadTooLarge, REJECTED, PLATFORM_REJECTED",
        "400, InvalidToken, ACCESS_LOST, AUTH_REVOKED",
        "401, AuthenticationRequired, ACCESS_LOST, AUTH_REVOKED",
        "401, AuthMissing, ACCESS_LOST, AUTH_REVOKED",
        "401, Whatever, ACCESS_LOST, AUTH_REVOKED",
        "403, InsufficientScope, ACCESS_LOST, PERMISSION_MISSING",
        "401, AccountTakedown, ACCESS_LOST, ACCOUNT_SUSPENDED",
        "400, AccountDeactivated, ACCESS_LOST, ACCOUNT_SUSPENDED",
        "400, AccountSuspended, ACCESS_LOST, ACCOUNT_SUSPENDED",
        "400, InvalidSwap, UNAVAILABLE, PLATFORM_UNAVAILABLE",
        "404, XRPCNotSupported, UNAVAILABLE, PLATFORM_UNAVAILABLE",
        "400, RateLimitExceeded, THROTTLED, PLATFORM_RATE_LIMITED",
        "500, InternalServerError, UNCONFIRMED, OUTCOME_UNCONFIRMED",
        "502, UpstreamFailure, UNCONFIRMED, OUTCOME_UNCONFIRMED",
    })
    void aRefusalMeansWhatItsNameSays(int status, String error, String kind, ErrorCode code) {
        answer(json(status, trouble(error, "said the server")));

        var outcome = connector().publish(request().build());

        assertThat(kindOf(outcome)).isEqualTo(kind);
        var failure = CallOutcomes.failureOf(outcome);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.platformMessage()).contains("said the server");
    }

    @Test
    void aLimitIsWaitedForUntilItsResetInUnixSeconds() {
        var reset = FixedClocks.NOON.plusSeconds(1234).getEpochSecond();
        answer(json(429, trouble("RateLimitExceeded", "Rate Limit Exceeded"))
                .withHeader("RateLimit-Reset", String.valueOf(reset)));

        assertThat(connector().publish(request().build()))
                .isInstanceOfSatisfying(Throttled.class, throttled -> assertThat(
                                throttled.until().getEpochSecond())
                        .isEqualTo(reset));
    }

    @Test
    void anExpiredSessionIsRenewedOnceAndThePostGoesOut() {
        expiredFor("access-1");
        server().stubFor(post(urlPathEqualTo(REFRESH))
                .withHeader("Authorization", equalTo("Bearer refresh-1"))
                .willReturn(json(200, session("access-2", "refresh-2"))));
        server().stubFor(post(urlPathEqualTo(PUT))
                .withHeader("Authorization", equalTo("Bearer access-2"))
                .willReturn(json(200, acceptance())));

        assertThat(connector().publish(request().build())).isInstanceOf(Published.class);
        assertThat(connector().publish(request().build())).isInstanceOf(Published.class);
        assertThat(credentials.renewals()).isEqualTo(1);
    }

    @Test
    void aSessionThatExpiresAgainAtOnceIsNotRenewedForEver() {
        expiredFor("access-1");
        expiredFor("access-2");
        server().stubFor(post(urlPathEqualTo(REFRESH)).willReturn(json(200, session("access-2", "refresh-2"))));

        assertThat(connector().publish(request().build())).isInstanceOfSatisfying(AccessLost.class, lost -> assertThat(
                        lost.failure().code())
                .isEqualTo(ErrorCode.AUTH_EXPIRED));
        assertThat(credentials.renewals()).isEqualTo(1);
    }

    /** Only a recognized refusal may disconnect an account, never a failing server. */
    @ParameterizedTest
    @CsvSource({
        "400, ExpiredToken, ACCESS_LOST",
        "401, AccountTakedown, ACCESS_LOST",
        "500, InternalServerError, UNAVAILABLE",
        "429, RateLimitExceeded, THROTTLED",
        "200, NotASession, UNAVAILABLE",
    })
    void aRenewalThatFailsIsTakenForWhatItIs(int status, String error, String kind) {
        expiredFor("access-1");
        server().stubFor(post(urlPathEqualTo(REFRESH)).willReturn(json(status, trouble(error, "no"))));

        assertThat(kindOf(connector().publish(request().build()))).isEqualTo(kind);
        assertThat(credentials.renewals()).isZero();
    }

    @Test
    void aLaterAttemptSendsTheKeptRecordWhateverTheTextSaysNow() {
        answer(json(200, acceptance()));

        connector()
                .publish(request().saying("something else").after(checkpoint()).build());

        server().verify(postRequestedFor(urlEqualTo(PUT))
                .withRequestBody(equalToJson(
                        "{\"repo\":\"%s\",\"collection\":\"app.bsky.feed.post\",\"rkey\":\"%s\",\"record\":%s}"
                                .formatted(DID, KEY, POST_RECORD))));
    }

    @Test
    void aLaterAttemptWithGatesAsksFirstAndFindsThePost() {
        server().stubFor(get(urlPathEqualTo(GET_RECORD)).willReturn(json(200, acceptance())));

        var outcome = connector().publish(request().after(checkpointWithGate()).build());

        assertThat(outcome).isInstanceOfSatisfying(Published.class, published -> assertThat(
                        published.post().refs())
                .containsEntry("threadgate", "at://" + DID + "/app.bsky.feed.threadgate/" + KEY));
        server().verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void aLaterAttemptWithGatesSendsThemAllOnceThePostIsKnownToBeAbsent() {
        server().stubFor(get(urlPathEqualTo(GET_RECORD)).willReturn(json(400, trouble("RecordNotFound", "no"))));
        server().stubFor(post(urlPathEqualTo(APPLY))
                .willReturn(json(200, "{\"results\":[%s,%s]}".formatted(acceptance(), acceptance()))));

        assertThat(connector().publish(request().after(checkpointWithGate()).build()))
                .isInstanceOf(Published.class);
        server().verify(1, postRequestedFor(urlEqualTo(APPLY)));
    }

    @Test
    void aLaterAttemptWithGatesSendsNothingWhileItIsNotKnownWhetherThePostIsThere() {
        server().stubFor(any(anyUrl()).willReturn(json(503, trouble("NotEnoughResources", "later"))));

        assertThat(connector().publish(request().after(checkpointWithGate()).build()))
                .isInstanceOf(Unconfirmed.class);
        server().verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void aPartOfAThreadNamesWhatItAnswersAndWhatBeganTheThreadAndSetsNoGate() {
        server().stubFor(post(urlPathEqualTo(PUT)).willReturn(json(200, acceptance())));
        var kept = new AtomicReference<>(Checkpoint.NONE);

        var outcome = connector()
                .publish(request()
                        .with(Map.of("reply_control", "nobody"))
                        .answering(new ReplyTo(known("2", true), known("1", true)))
                        .keeping(kept::set)
                        .build());

        assertThat(outcome).isInstanceOf(Published.class);
        server().verify(postRequestedFor(urlEqualTo(PUT))
                .withRequestBody(matchingJsonPath("$.record.reply", equalToJson("""
                        {"root": {"uri": "%s", "cid": "cid-1"}, "parent": {"uri": "%s", "cid": "cid-2"}}
                        """.formatted(uri("1"), uri("2"))))));
        server().verify(0, getRequestedFor(anyUrl()));
        assertThat(kept.get().value("post"))
                .hasValueSatisfying(record -> assertThat(record).contains("cid-1", "cid-2"));
    }

    // The parent may have been resolved by a person, who gave only its URL.
    @Test
    void whatIsNotKnownOfTheAnsweredPostIsAskedFor() {
        server().stubFor(get(urlPathEqualTo(GET_RECORD))
                .withQueryParam("rkey", equalTo("1"))
                .willReturn(json(200, "{\"uri\":\"%s\",\"cid\":\"asked\",\"value\":{}}".formatted(uri("1")))));
        server().stubFor(post(urlPathEqualTo(PUT)).willReturn(json(200, acceptance())));

        connector()
                .publish(request()
                        .answering(new ReplyTo(known("1", false), known("1", false)))
                        .build());

        server().verify(postRequestedFor(urlEqualTo(PUT))
                .withRequestBody(matchingJsonPath("$.record.reply.parent.cid", equalTo("asked")))
                .withRequestBody(matchingJsonPath("$.record.reply.root.cid", equalTo("asked"))));
    }

    @ParameterizedTest
    @CsvSource({
        "400, RecordNotFound, REJECTED",
        "500, InternalServerError, UNAVAILABLE",
        "429, RateLimitExceeded, THROTTLED",
    })
    void whereTheAnsweredPostCannotBeNamedNothingIsSent(int status, String error, String kind) {
        server().stubFor(get(urlPathEqualTo(GET_RECORD)).willReturn(json(status, trouble(error, "no"))));

        var outcome = connector()
                .publish(request()
                        .answering(new ReplyTo(known("1", false), known("1", false)))
                        .build());

        assertThat(kindOf(outcome)).isEqualTo(kind);
        server().verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void whatSomebodyTookForTheIdOfAPostIsNotAskedFor() {
        var somewhere = new PlatformPost("17", "https://example.org", Map.of());

        assertThat(connector()
                        .publish(request()
                                .answering(new ReplyTo(somewhere, somewhere))
                                .build()))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.failure().code()).isEqualTo(ErrorCode.REPLY_TARGET_MISSING));
        server().verify(0, getRequestedFor(anyUrl()));
    }

    private static PlatformPost known(String key, boolean withRefs) {
        return new PlatformPost(
                uri(key),
                "https://bsky.example/" + key,
                withRefs ? Map.of("uri", uri(key), "cid", "cid-" + key) : Map.of());
    }

    private static String uri(String key) {
        return "at://%s/app.bsky.feed.post/%s".formatted(DID, key);
    }

    @Test
    void aLookUpNeedsNoSession() {
        server().stubFor(get(urlPathEqualTo(GET_RECORD))
                .withHeader("Authorization", absent())
                .willReturn(json(200, acceptance())));

        var found = connector().find(account(url()), checkpoint(), Deadline.in(Duration.ofSeconds(5)));

        assertThat(found).isInstanceOfSatisfying(LookUp.Found.class, there -> {
            assertThat(there.post().id()).isEqualTo(URI);
            assertThat(there.post().permalink()).isEqualTo("https://bsky.app/profile/" + DID + "/post/" + KEY);
            assertThat(there.post().refs()).isEqualTo(Map.of("uri", URI, "cid", CID));
        });
    }

    @Test
    void aTextThatBreaksTheRulesIsNotSent() {
        assertThat(connector().publish(request().saying("x".repeat(301)).build()))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.failure().code()).isEqualTo(ErrorCode.CONTENT_INVALID));
        server().verify(0, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500})
    void aHandleThatCannotBeResolvedStaysPlainText(int status) {
        server().stubFor(get(urlPathEqualTo("/xrpc/com.atproto.identity.resolveHandle"))
                .willReturn(json(status, trouble("HandleNotFound", "Unable to resolve handle"))));
        server().stubFor(post(urlPathEqualTo(PUT)).willReturn(json(200, acceptance())));

        assertThat(connector().publish(request().saying("hi @nobody.test").build()))
                .isInstanceOf(Published.class);
        server().verify(postRequestedFor(urlEqualTo(PUT))
                .withRequestBody(matchingJsonPath("$.record[?(!(@.facets))]")));
    }

    @Test
    void aHandleThatTakesForEverLeavesTimeForThePost() {
        server().stubFor(get(urlPathEqualTo("/xrpc/com.atproto.identity.resolveHandle"))
                .willReturn(json(200, "{\"did\":\"did:plc:x\"}").withFixedDelay(20_000)));
        server().stubFor(post(urlPathEqualTo(PUT)).willReturn(json(200, acceptance())));

        var outcome = connector()
                .publish(request()
                        .saying("hi @slow.test and @slower.test")
                        .within(Duration.ofSeconds(3))
                        .build());

        assertThat(outcome).isInstanceOf(Published.class);
        server().verify(1, getRequestedFor(urlPathEqualTo("/xrpc/com.atproto.identity.resolveHandle")));
    }

    @Test
    void aLimitOnResolvingHandlesWaitsBeforeAnythingIsSent() {
        answer(json(429, trouble("RateLimitExceeded", "no")));

        assertThat(connector().publish(request().saying("hi @bob.test").build()))
                .isInstanceOf(Throttled.class);
        server().verify(0, postRequestedFor(anyUrl()));
    }

    private void expiredFor(String token) {
        server().stubFor(post(urlPathEqualTo(PUT))
                .withHeader("Authorization", equalTo("Bearer " + token))
                .willReturn(json(400, trouble("ExpiredToken", "Token has expired"))));
    }

    private static String session(String access, String refresh) {
        return "{\"did\":\"%s\",\"handle\":\"alice.test\",\"accessJwt\":\"%s\",\"refreshJwt\":\"%s\"}"
                .formatted(DID, access, refresh);
    }

    private static String trouble(String error, String message) {
        return "{\"error\":\"%s\",\"message\":\"%s\"}".formatted(error, message);
    }

    private static String kindOf(PublishOutcome outcome) {
        return switch (outcome) {
            case Published _ -> "PUBLISHED";
            case PublishOutcome.Processing _ -> "PROCESSING";
            case Throttled _ -> "THROTTLED";
            case Unavailable _ -> "UNAVAILABLE";
            case Unconfirmed _ -> "UNCONFIRMED";
            case Rejected _ -> "REJECTED";
            case AccessLost _ -> "ACCESS_LOST";
        };
    }
}
