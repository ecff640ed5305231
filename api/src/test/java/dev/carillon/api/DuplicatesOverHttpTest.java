package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DuplicatesOverHttpTest {
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

    // A caller who lost the reply learns the state of the first post here and does not publish twice.
    @Test
    void theSameContentIsRefusedWithTheOtherPostAndItsState() {
        var account = api.account("says-it-twice");
        var first = api.post("/v1/posts", postBody(account, "hello", "\"now\""));
        var publication = first.ids("publications").getFirst();

        var waiting =
                api.post("/v1/posts", postBody(account, " hello ", "\"now\"")).refused(409, "duplicate_content");
        worker.startAttempt(publication, worker.claim(publication));
        var sending =
                api.post("/v1/posts", postBody(account, "hello", "\"now\"")).refused(409, "duplicate_content");

        assertThat(waiting.json())
                .containsEntry("param", "/targets/0")
                .containsEntry("duplicate_of", duplicateOf(first.string("id"), "scheduled", publication, "scheduled"));
        assertThat(waiting.string("detail")).contains(first.string("id"), publication, "allow_duplicate");
        assertThat(waiting.string("errors")).contains("code=duplicate_content", "/targets/0");
        assertThat(sending.json())
                .containsEntry(
                        "duplicate_of", duplicateOf(first.string("id"), "in_progress", publication, "publishing"));
    }

    private static Map<String, Object> duplicateOf(String post, String status, String publication, String itsStatus) {
        var other = new HashMap<String, Object>(Map.of(
                "post_id", post,
                "status", status,
                "publication_id", publication,
                "publication_status", itsStatus));
        other.put("permalink", null);
        return other;
    }

    @Test
    void itPassesWhereTheCallerAllowsItAndIsNoDuplicateOfItself() {
        var account = api.account("means-it");
        var body = postBody(account, "hello", "\"now\"");
        var first = api.post("/v1/posts", body, "Idempotency-Key", "means-it");

        assertThat(api.post("/v1/posts", body, "Idempotency-Key", "means-it").text())
                .isEqualTo(first.text());
        api.post("/v1/posts", body, "Idempotency-Key", "another").refused(409, "duplicate_content");
        var allowed = api.post("/v1/posts", body.replace("{\"text\"", "{\"allow_duplicate\":true,\"text\""));
        assertThat(allowed.status()).isEqualTo(201);
        assertThat(api.post("/v1/posts", body.replace("{\"text\"", "{\"allow_duplicate\":\"yes\",\"text\""))
                        .refused(422, "invalid_parameter")
                        .json())
                .containsEntry("param", "/allow_duplicate");
    }

    @Test
    void aPublicationAtNearlyTheSameTimeIsAWarning() {
        var account = api.account("in-a-hurry");
        var at = Instant.now().plus(1, ChronoUnit.DAYS);
        var first = api.post("/v1/posts", postBody(account, "one", "{\"at\":\"%s\"}".formatted(at)));

        var second = api.post("/v1/posts", postBody(account, "two", "{\"at\":\"%s\"}".formatted(at.plusSeconds(30))));

        assertThat(first.json()).containsEntry("warnings", List.of());
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.string("warnings"))
                .contains(
                        "publish_time_close",
                        "/targets/0",
                        first.ids("publications").getFirst());
        assertThat(api.get("/v1/posts/" + second.string("id")).json()).containsEntry("warnings", List.of());
    }
}
