package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.publication.Claim;
import dev.carillon.core.publication.attempt.AttemptService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LatePostsOverHttpTest {
    private static final Duration LEASE = Duration.ofSeconds(90);

    private static ApiServer api;
    private static SimulatedWorker worker;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of());
        worker = new SimulatedWorker(api.carillon());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aPostCarriesItsOwnRule() {
        var post = api.post(
                "/v1/posts",
                body(
                        api.account("own"),
                        ", \"grace_seconds\": 3600, \"misfire_policy\": \"publish\", \"publish\": \"draft\""));

        assertThat(post.json()).containsEntry("grace_seconds", 3600).containsEntry("misfire_policy", "publish");
        assertThat(api.get("/v1/posts/" + post.string("id")).json()).containsEntry("grace_seconds", 3600);
        assertThat(api.post("/v1/posts", body(api.account("plain"), "")).json())
                .containsEntry("grace_seconds", null)
                .containsEntry("misfire_policy", null);
    }

    @Test
    void aRuleThatMakesNoSenseIsRefusedByName() {
        var account = api.account("refused");
        assertThat(api.post("/v1/posts", body(account, ", \"grace_seconds\": 59"))
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .isEqualTo("grace_seconds must be a whole number between 60 and 2592000; you sent 59.");
        assertThat(api.post("/v1/posts", body(account, ", \"misfire_policy\": \"panic\""))
                        .refused(422, "invalid_parameter")
                        .string("param"))
                .isEqualTo("/misfire_policy");
        assertThat(api.post("/v1/posts", body(account, ", \"misfire_policy\": \"next_slot\""))
                        .refused(422, "unknown_parameter")
                        .json())
                .containsEntry("param", "/misfire_policy")
                .containsEntry(
                        "detail", "misfire_policy \"next_slot\" is not available yet; send \"skip\" or \"publish\".");
    }

    @Test
    void aWorkspacesRuleIsShownAndChangedFieldByField() {
        assertThat(api.get("/v1/workspace").json())
                .containsEntry("object", "workspace")
                .containsEntry("grace_seconds", 900)
                .containsEntry("misfire_policy", "skip")
                .containsEntry("late_posts_per_account_hour", 20);

        var changed = patch("{\"late_posts_per_account_hour\": 5}", api.testKey());

        assertThat(changed.json())
                .containsEntry("late_posts_per_account_hour", 5)
                .containsEntry("grace_seconds", 900);
        patch("{\"late_posts_per_account_hour\": 0}", api.testKey()).refused(422, "invalid_parameter");
        patch("{\"grace\": 60}", api.testKey()).refused(422, "unknown_parameter");
        var reader = ApiServer.secretOf(api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(api.carillon().test().workspace(), Mode.TEST, "reader", Set.of(Scope.POSTS_READ)));
        patch("{\"grace_seconds\": 60}", reader).refused(403, "scope_missing");
        assertThat(api.get("/v1/workspace").json()).containsEntry("grace_seconds", 900);
    }

    @Test
    void whatWasMissedSaysWhyAndTakesANewTime() {
        var post = api.post("/v1/posts", body(api.account("late"), ", \"publish\": \"now\""));
        var publication = post.ids("publications").getFirst();
        var path = "/v1/posts/" + post.string("id") + "/reschedule";
        var later = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        var newTime = "{\"publish\": {\"at\": \"%s\"}}".formatted(later);
        api.post(path, newTime).refused(409, "nothing_to_reschedule");
        miss(publication);

        assertThat(api.get("/v1/publications/" + publication).json())
                .containsEntry("status", "missed")
                .extractingByKey("error")
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("code", "too_late");
        assertThat(api.get("/v1/posts/" + post.string("id")).json()).containsEntry("status", "failed");
        api.post(path, "{\"publish\": \"draft\"}").refused(422, "invalid_parameter");
        api.post(path, "{\"publish\": {\"at\": \"2020-01-01T00:00:00Z\"}}").refused(422, "time_in_past");
        api.post(path, "{}").refused(422, "invalid_parameter");
        api.post(path, "{\"publish\": \"now\", \"when\": 1}").refused(422, "unknown_parameter");

        var moved = api.post(path, newTime);

        assertThat(moved.json()).containsEntry("status", "scheduled").containsEntry("publish_at", later.toString());
        assertThat(api.get("/v1/publications/" + publication).json())
                .containsEntry("status", "scheduled")
                .containsEntry("publish_at", later.toString())
                .containsEntry("next_attempt_at", later.toString())
                .containsEntry("error", null);
        api.post(path, newTime).refused(409, "nothing_to_reschedule");
    }

    @Test
    void healthCountsWhatTheRowsSay() {
        var key = ApiServer.secretOf(api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST));
        var account = api.exchange(ApiServer.withKey(
                        api.request("POST", "/v1/accounts", "{\"platform\":\"sandbox\",\"username\":\"h\"}"), key))
                .string("id");
        var waiting = now(account, key, "one");
        var begun = now(account, key, "two");
        worker.number("""
                UPDATE publication SET publish_at = publish_at - interval '2 seconds' WHERE id = '%s' RETURNING 1
                """.formatted(SimulatedWorker.idOf(begun).value()));
        worker.startAttempt(begun, worker.claim(begun));

        var health = api.get("/v1/workspace/health", key).json();

        assertThat(waiting).isNotEqualTo(begun);
        assertThat(health).containsEntry("accounts", Map.of("active", 1)).containsEntry("livemode", false);
        assertThat(health)
                .extractingByKey("publications")
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("overdue", 1)
                .extractingByKey("lateness")
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("window_seconds", 3600)
                .containsEntry("count", 1)
                .hasEntrySatisfying("p50_ms", late -> assertThat(((Number) late).doubleValue())
                        .isBetween(2_000.0, 60_000.0))
                .hasEntrySatisfying("p99_ms", late -> assertThat(((Number) late).doubleValue())
                        .isBetween(2_000.0, 60_000.0));
        assertThat(api.get(
                                "/v1/workspace/health",
                                ApiServer.secretOf(
                                        api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST)))
                        .json())
                .containsEntry("accounts", Map.of());
    }

    private static String now(String account, String key, String text) {
        var body =
                "{\"text\":\"%s\",\"targets\":[{\"account_id\":\"%s\"}],\"publish\":\"now\"}".formatted(text, account);
        return api.exchange(ApiServer.withKey(api.request("POST", "/v1/posts", body), key))
                .ids("publications")
                .getFirst();
    }

    /** Makes the publication an hour overdue, so that a worker marks it as missed. */
    private static void miss(String publication) {
        worker.number("UPDATE publication SET due_at = due_at - interval '1 hour' WHERE id = '%s' RETURNING 1"
                .formatted(SimulatedWorker.idOf(publication).value()));
        var claim = new Claim(SimulatedWorker.idOf(publication), worker.claim(publication));
        assertThat(api.carillon().bean(AttemptService.class).start(List.of(claim), "a worker", LEASE))
                .isEmpty();
    }

    private static ApiServer.Reply patch(String body, String key) {
        return api.exchange(ApiServer.withKey(api.request("PATCH", "/v1/workspace", body), key));
    }

    private static String body(String account, String more) {
        return "{\"text\":\"hello\",\"targets\":[{\"account_id\":\"%s\"}]%s}".formatted(account, more);
    }
}
