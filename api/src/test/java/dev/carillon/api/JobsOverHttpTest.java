package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JobsOverHttpTest {
    private static ApiServer api;
    private static SimulatedWorker worker;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        worker = new SimulatedWorker(api.carillon());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aPublicationIsAJobFromItsTimeToItsOutcome() {
        var account = api.account("works");
        var post = api.post("/v1/posts", postBody(account, "hello", "\"now\""));
        var publication = post.ids("publications").getFirst();

        assertThat(jobOf(account))
                .containsEntry("object", "job")
                .containsEntry("publication_id", publication)
                .containsEntry("post_id", post.string("id"))
                .containsEntry("kind", "publish")
                .containsEntry("status", "waiting")
                .containsEntry("claimed_at", null)
                .containsEntry("lease_until", null)
                .containsEntry("attempts", 0);
        long generation = worker.claim(publication);
        assertThat(jobOf(account)).containsEntry("status", "claimed").doesNotContainEntry("lease_until", null);
        worker.startAttempt(publication, generation);
        assertThat(jobOf(account))
                .containsEntry("kind", "publish")
                .containsEntry("status", "running")
                .containsEntry("attempts", 1);
        expire(publication);
        assertThat(jobOf(account)).containsEntry("kind", "settle").containsEntry("status", "waiting");
        worker.claim(publication);
        assertThat(jobOf(account)).containsEntry("kind", "settle").containsEntry("status", "running");
        worker.number("UPDATE publication SET status = 'processing', ticket = '{}' WHERE id = '%s' RETURNING 1"
                .formatted(SimulatedWorker.idOf(publication).value()));
        assertThat(jobOf(account)).containsEntry("kind", "poll").containsEntry("status", "running");
    }

    @Test
    void whatIsNotDueOrHasEndedIsNoJob() {
        var account = api.account("rests");
        api.post(
                "/v1/posts",
                postBody(
                        account,
                        "later",
                        "{\"at\":\"%s\"}".formatted(Instant.now().plusSeconds(3600))));
        api.post("/v1/posts", postBody(account, "draft", "\"draft\""));
        var done = api.post("/v1/posts", postBody(account, "done", "\"now\""))
                .ids("publications")
                .getFirst();
        worker.publish(done, SimulatedWorker.published(done));
        var unknown = api.post("/v1/posts", postBody(account, "unknown", "\"now\""))
                .ids("publications")
                .getFirst();
        worker.publish(
                unknown, new PublishOutcome.Unconfirmed(Failure.of(ErrorCode.OUTCOME_UNCONFIRMED, "No answer.")));

        assertThat(jobs("account_id=" + account)).isEmpty();
        worker.number("UPDATE publication SET due_at = publish_at WHERE id = '%s' RETURNING 1"
                .formatted(SimulatedWorker.idOf(unknown).value()));
        assertThat(jobOf(account))
                .containsEntry("publication_id", unknown)
                .containsEntry("kind", "settle")
                .containsEntry("status", "waiting");
    }

    @Test
    void whatSomebodyWantsDoneOnThePlatformIsAJob() {
        var account = api.account("errands");
        var publication = api.post("/v1/posts", postBody(account, "to be deleted", "\"now\""))
                .ids("publications")
                .getFirst();
        worker.publish(publication, SimulatedWorker.published(publication));
        worker.number("""
                INSERT INTO platform_command (id, workspace_id, livemode, publication_id, kind)
                SELECT gen_random_uuid(), workspace_id, livemode, id, 'delete' FROM publication WHERE id = '%s' RETURNING 1
                """.formatted(SimulatedWorker.idOf(publication).value()));

        assertThat(jobOf(account))
                .containsEntry("publication_id", publication)
                .containsEntry("kind", "delete")
                .containsEntry("status", "waiting")
                .containsEntry("attempts", 0);
    }

    @Test
    void jobsAreFilteredAndPagedThroughTheLongestWaitingFirst() {
        var one = api.account("queue-1");
        var two = api.account("queue-2");
        var made = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            made.addAll(api.post("/v1/posts", postBody(i % 2 == 0 ? one : two, "number " + i, "\"now\""))
                    .ids("publications"));
        }
        worker.claim(made.get(3));

        assertThat(jobs("status=claimed&account_id=" + two)).containsExactly(made.get(3));
        assertThat(jobs("status=waiting&account_id=" + two)).containsExactly(made.get(1), made.get(5));
        assertThat(jobs("account_id=" + one)).containsExactly(made.get(0), made.get(2), made.get(4));

        var all = new ArrayList<String>();
        var part = api.get("/v1/jobs?limit=2");
        all.addAll(publications(part));
        while (Boolean.TRUE.equals(part.json().get("has_more"))) {
            part = api.get("/v1/jobs?limit=2&cursor=" + part.string("next_cursor"));
            all.addAll(publications(part));
        }
        assertThat(all).containsSubsequence(made).doesNotHaveDuplicates();
    }

    @Test
    void jobsAreOfOneWorkspaceAndModeAndNeedTheirScope() {
        api.post("/v1/posts", postBody(api.account("fenced"), "mine", "\"now\""));
        var stranger = api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST);
        var blind = api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(api.carillon().test().workspace(), Mode.TEST, "blind", Set.of(Scope.POSTS_READ));

        assertThat(api.get("/v1/jobs", api.liveKey()).json()).containsEntry("data", List.of());
        assertThat(api.get("/v1/jobs", ApiServer.secretOf(stranger)).json()).containsEntry("data", List.of());
        api.get("/v1/jobs", ApiServer.secretOf(blind)).refused(403, "scope_missing");
        api.get("/v1/jobs?status=lost").refused(422, "invalid_parameter");
        api.get("/v1/jobs?account_id=me").refused(422, "invalid_parameter");
        api.get("/v1/jobs?cursor=MTIuMzQ").refused(400, "invalid_cursor");
    }

    private static void expire(String publication) {
        worker.number(
                "UPDATE publication SET lease_until = clock_timestamp() - interval '1 second' WHERE id = '%s' RETURNING 1"
                        .formatted(SimulatedWorker.idOf(publication).value()));
    }

    private static Map<String, Object> jobOf(String account) {
        var jobs = api.get("/v1/jobs?account_id=" + account);
        assertThat(publications(jobs)).as(jobs.text()).hasSize(1);
        var job = new HashMap<String, Object>();
        ((Map<?, ?>) ((List<?>) jobs.json().getOrDefault("data", List.of())).getFirst())
                .forEach((name, value) -> job.put((String) name, value));
        return job;
    }

    private static List<String> jobs(String query) {
        return publications(api.get("/v1/jobs?" + query));
    }

    private static List<String> publications(Reply jobs) {
        assertThat(jobs.status()).as(jobs.text()).isEqualTo(200);
        return jobs.json().get("data") instanceof List<?> data
                ? data.stream()
                        .map(job -> String.valueOf(((Map<?, ?>) job).get("publication_id")))
                        .toList()
                : List.of();
    }
}
