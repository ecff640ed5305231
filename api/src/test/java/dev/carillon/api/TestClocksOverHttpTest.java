package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.testclock.ClockAdvance;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestClocksOverHttpTest {
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @AfterEach
    void realTimeAgain() {
        api.get("/v1/test_clocks").ids("data").forEach(clock -> api.delete("/v1/test_clocks/" + clock));
    }

    @Test
    void aClockIsMadeAndRead() {
        var made = api.post(
                "/v1/test_clocks",
                "{\"now\": \"2027-01-01T09:00:00+02:00\", \"name\": \"spring\", \"metadata\": {\"a\": \"b\"}}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json())
                .containsEntry("object", "test_clock")
                .containsEntry("name", "spring")
                .containsEntry("now", "2027-01-01T07:00:00Z")
                .containsEntry("status", "ready")
                .containsEntry("advancing_to", null)
                .containsEntry("attached", false)
                .containsEntry("livemode", false)
                .containsEntry("metadata", Map.of("a", "b"));
        assertThat(made.string("id")).startsWith("clk_");
        assertThat(api.get("/v1/test_clocks/" + made.string("id")).json()).isEqualTo(made.json());
        assertThat(api.get("/v1/test_clocks").json())
                .extracting("data", InstanceOfAssertFactories.LIST)
                .containsExactly(made.json());
    }

    @Test
    void anAttachedClockIsTheTimeOfTestModeAndOfNothingElse() {
        var clock = made("2027-01-01T09:00:00Z");

        var attached = api.post("/v1/test_clocks/" + clock + "/attach", "");

        assertThat(attached.status()).isEqualTo(200);
        assertThat(attached.json()).containsEntry("attached", true);
        var account = api.account("by the clock");
        assertThat(post(account, "2027-01-01T08:59:59Z")
                        .refused(422, "time_in_past")
                        .string("param"))
                .isEqualTo("/publish/at");
        var scheduled = post(account, "2027-01-01T09:00:01Z");
        assertThat(scheduled.json()).containsEntry("created_at", "2027-01-01T09:00:00Z");
        assertThat(api.get("/v1/workspace/health", api.liveKey()).status()).isEqualTo(200);

        var deleted = api.delete("/v1/test_clocks/" + clock);

        assertThat(deleted.status()).isEqualTo(200);
        post(account, "2026-01-01T09:00:00Z").refused(422, "time_in_past");
        var canceled = api.post("/v1/posts/" + scheduled.string("id") + "/cancel", "");
        assertThat(Duration.between(Instant.parse(canceled.string("updated_at")), Instant.now())
                        .abs())
                .isLessThan(Duration.ofMinutes(1));
        api.get("/v1/test_clocks/" + clock).refused(404, "not_found");
    }

    @Test
    void anAdvanceIsAnsweredOnceItIsDone() {
        var clock = made("2027-01-01T09:00:00Z");
        api.post("/v1/test_clocks/" + clock + "/attach", "");

        // Does the work of a worker while the request waits.
        Thread.ofVirtual().start(() -> Awaitility.await().until(() -> {
            api.carillon().bean(ClockAdvance.class).step();
            return api.get("/v1/test_clocks/" + clock).string("now").equals("2027-02-01T09:00:00Z");
        }));
        var done = advance(clock, "{\"to\": \"2027-02-01T09:00:00Z\"}");

        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json()).containsEntry("now", "2027-02-01T09:00:00Z").containsEntry("status", "ready");
    }

    @Test
    void anAdvanceThatNobodyMakesIsAnsweredAsUnderWay() {
        var clock = made("2027-01-01T09:00:00Z");
        api.post("/v1/test_clocks/" + clock + "/attach", "");

        var begun = advance(clock, "{\"to\": \"2027-02-01T09:00:00Z\", \"wait\": 0}");

        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.json())
                .containsEntry("status", "advancing")
                .containsEntry("now", "2027-01-01T09:00:00Z")
                .containsEntry("advancing_to", "2027-02-01T09:00:00Z");
        assertThat(advance(clock, "{\"to\": \"2027-03-01T09:00:00Z\"}")
                        .refused(409, "test_clock_conflict")
                        .string("detail"))
                .contains("is being advanced to 2027-02-01T09:00:00Z");
        api.post("/v1/test_clocks/" + made("2027-01-01T00:00:00Z") + "/attach", "")
                .refused(409, "test_clock_conflict");
    }

    @Test
    void oneIdempotencyKeyIsOneAdvance() {
        var clock = made("2027-01-01T09:00:00Z");
        var body = "{\"to\": \"2027-01-02T09:00:00Z\"}";

        var first = api.post("/v1/test_clocks/" + clock + "/advance", body, "Idempotency-Key", "once");
        var again = api.post("/v1/test_clocks/" + clock + "/advance", body, "Idempotency-Key", "once");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(again.json()).isEqualTo(first.json());
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        var clock = made("2027-01-01T09:00:00Z");

        assertThat(api.post("/v1/test_clocks", "{}")
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .isEqualTo("now is required; send a time, such as \"2026-12-01T09:00:00Z\".");
        assertThat(api.post("/v1/test_clocks", "{\"now\": \"noon\"}")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/now");
        assertThat(api.post("/v1/test_clocks", "{\"now\": \"1999-12-31T23:59:59Z\"}")
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .contains("2000 to 2099");
        assertThat(api.post("/v1/test_clocks", "{\"frozen_time\": \"2027-01-01T09:00:00Z\"}")
                        .refused(422, "unknown_parameter")
                        .string("param"))
                .isEqualTo("/frozen_time");
        assertThat(advance(clock, "{\"to\": \"2027-01-01T09:00:00Z\"}")
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .isEqualTo("to is 2027-01-01T09:00:00Z and the clock shows 2027-01-01T09:00:00Z; to must be later.");
        assertThat(advance(clock, "{\"to\": \"2029-06-01T09:00:00Z\"}")
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .contains("731 days");
        assertThat(advance(clock, "{\"to\": \"2027-06-01T09:00:00Z\", \"wait\": 61}")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/wait");
        api.post("/v1/test_clocks/clk_nothing/attach", "").refused(404, "not_found");
        api.get("/v1/test_clocks", api.liveKey()).refused(422, "mode_mismatch");
        api.get("/v1/test_clocks/" + clock, api.liveKey()).refused(422, "mode_mismatch");
    }

    @Test
    void accessToASimulatedAccountCanEnd() {
        var account = api.post(
                "/v1/accounts",
                "{\"platform\": \"x\", \"username\": \"ending\", \"access_expires_at\": \"2027-01-01T00:00:00Z\"}");

        assertThat(account.json()).containsEntry("access_expires_at", "2027-01-01T00:00:00Z");
        assertThat(api.get("/v1/accounts/" + account.string("id")).json()).isEqualTo(account.json());
        assertThat(api.post("/v1/accounts", "{\"platform\": \"x\", \"username\": \"ending\"}")
                        .json())
                .as("connected again, without an access expiry")
                .containsEntry("id", account.string("id"))
                .containsEntry("access_expires_at", null);
        assertThat(api.post(
                                "/v1/accounts",
                                "{\"platform\": \"x\", \"username\": \"ending\", \"access_expires_at\": \"soon\"}")
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/access_expires_at");
    }

    private static String made(String now) {
        return api.post("/v1/test_clocks", "{\"now\": \"%s\"}".formatted(now)).string("id");
    }

    private static ApiServer.Reply advance(String clock, String body) {
        return api.post("/v1/test_clocks/" + clock + "/advance", body);
    }

    private static ApiServer.Reply post(String account, String at) {
        return api.post(
                "/v1/posts",
                "{\"text\": \"at %s\", \"targets\": [{\"account_id\": \"%s\"}], \"publish\": {\"at\": \"%s\"}}"
                        .formatted(at, account, at));
    }
}
