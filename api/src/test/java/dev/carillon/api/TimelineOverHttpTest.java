package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TimelineOverHttpTest {
    private static final String TEXT = "a text that nobody repeats";

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
    void aPostsStoryIsToldInOneListTheOldestFirst() {
        var post = api.post("/v1/posts", postBody(api.account("story"), TEXT, "\"now\""));
        var publication = post.ids("publications").getFirst();
        worker.publish(
                publication,
                new PublishOutcome.Unavailable(
                        Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "The platform is down.", "try later")));
        worker.publish(publication, SimulatedWorker.published(publication));

        var timeline = api.get("/v1/posts/%s/timeline".formatted(post.string("id")));

        assertThat(kinds(timeline))
                .containsExactly(
                        "accepted",
                        "claimed",
                        "attempt_started",
                        "attempt_ended",
                        "claimed",
                        "attempt_started",
                        "attempt_ended",
                        "published");
        assertThat(timeline.json()).containsEntry("has_more", false).containsEntry("next_cursor", null);
        assertThat(timeline.text())
                .contains("from key_", "The platform is down.", "\"outcome\":\"unavailable\"", "att_", "a worker")
                .contains("Published: https://played.example/" + publication)
                .doesNotContain(TEXT);
        assertThat(entries(timeline).stream().map(entry -> entry.get("at")).map(String::valueOf))
                .isSorted();
        assertThat(entries(timeline).subList(1, 8)).allMatch(entry -> publication.equals(entry.get("publication_id")));
    }

    @Test
    void aClaimThatIsNotStartedYetIsPartOfTheStory() {
        var post = api.post("/v1/posts", postBody(api.account("claimed"), TEXT, "\"now\""));
        worker.claim(post.ids("publications").getFirst());

        assertThat(kinds(api.get("/v1/posts/%s/timeline".formatted(post.string("id")))))
                .containsExactly("accepted", "claimed");
    }

    @Test
    void whatWasAcceptedIsToldAsItWasThen() {
        var account = api.account("then");
        var other = api.account("then-too");
        var post = api.post("/v1/posts", """
                {"text": "%s", "publish": "draft", "targets": [{"account_id": "%s"}, {"account_id": "%s"}]}
                """.formatted(TEXT, account, other));
        var path = "/v1/posts/" + post.string("id");
        var changed = api.exchange(api.request("PATCH", path, """
                {"revision": 1, "publish": {"at": "2027-12-01T09:00:00Z"}, "targets": [{"account_id": "%s"}]}
                """.formatted(account)));
        assertThat(changed.string("status")).as(changed.text()).isEqualTo("scheduled");

        var accepted = entries(api.get(path + "/timeline")).getFirst();

        assertThat(String.valueOf(accepted.get("message"))).endsWith("for 2 accounts, as a draft.");
        assertThat(accepted.get("detail"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("publications", 2)
                .doesNotContainKey("publish_at");
    }

    // The timeline also shows steps that another release wrote and this one does not know.
    @Test
    void stepsAreToldAndThoseThatNobodyHereKnowsByTheirName() {
        var post = api.post("/v1/posts", postBody(api.account("steps"), TEXT, "\"now\""));
        var publication = post.ids("publications").getFirst();
        api.post("/v1/posts/%s/cancel".formatted(post.string("id")), "");
        for (var kind : List.of("look_up", "asked_the_oracle")) {
            worker.number("""
                    INSERT INTO publication_step (publication_id, workspace_id, livemode, kind, generation, detail)
                    SELECT id, workspace_id, livemode, '%s', generation, '{"answer": "absent"}' FROM publication WHERE id = '%s'
                    RETURNING generation
                    """.formatted(kind, SimulatedWorker.idOf(publication).value()));
        }

        var timeline = api.get("/v1/posts/%s/timeline".formatted(post.string("id")));

        assertThat(kinds(timeline)).containsExactly("accepted", "canceled", "look_up", "asked_the_oracle");
        assertThat(timeline.text()).contains("Looked up on the platform: absent", "asked the oracle.");
    }

    @Test
    void aLongStoryComesInParts() {
        var account = api.account("long");
        var other = api.account("long-too");
        var post = api.post("/v1/posts", """
                {"text": "%s", "publish": "now", "targets": [{"account_id": "%s"}, {"account_id": "%s"}]}
                """.formatted(TEXT, account, other));
        for (var publication : post.ids("publications")) {
            worker.publish(publication, SimulatedWorker.published(publication));
        }
        var path = "/v1/posts/%s/timeline".formatted(post.string("id"));
        var whole = entries(api.get(path));

        var parts = new ArrayList<Map<?, ?>>();
        var part = api.get(path + "?limit=2");
        parts.addAll(entries(part));
        while (Boolean.TRUE.equals(part.json().get("has_more"))) {
            part = api.get(path + "?limit=2&cursor=" + part.string("next_cursor"));
            parts.addAll(entries(part));
        }

        assertThat(whole).hasSize(9);
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void aStoryOfSomebodyElseIsUnknownAndAForeignCursorIsRefused() {
        var post = api.post("/v1/posts", postBody(api.account("mine"), TEXT, "\"draft\""));
        var path = "/v1/posts/%s/timeline".formatted(post.string("id"));

        api.get(path, api.liveKey()).refused(404, "not_found");
        api.get("/v1/posts/post_nonsense/timeline").refused(404, "not_found");
        for (var cursor : List.of("nonsense", post.string("id"), "LQ", "A".repeat(1_000))) {
            api.get(path + "?cursor=" + cursor).refused(400, "invalid_cursor");
        }
        assertThat(kinds(api.get(path))).containsExactly("accepted");
    }

    private static List<String> kinds(Reply timeline) {
        return entries(timeline).stream()
                .map(entry -> String.valueOf(entry.get("kind")))
                .toList();
    }

    private static List<Map<?, ?>> entries(Reply timeline) {
        assertThat(timeline.status()).as(timeline.text()).isEqualTo(200);
        var entries = new ArrayList<Map<?, ?>>();
        if (timeline.json().get("data") instanceof List<?> data) {
            data.forEach(entry -> entries.add((Map<?, ?>) entry));
        }
        return entries;
    }
}
