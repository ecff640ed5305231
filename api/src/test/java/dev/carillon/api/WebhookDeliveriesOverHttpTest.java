package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.testing.Hooked;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebhookDeliveriesOverHttpTest {
    private static final String PATH = "/v1/webhook_deliveries";
    private static ApiServer api;
    private static Hooked hooked;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        hooked = new Hooked(api.carillon(), api.carillon().test());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void deliveriesAreListedByEndpointAndReadWithTheirAttempts() {
        var endpoint = hooked.endpoint().id();
        var events = hooked.happen(3);
        hooked.fanOut();
        hooked.end(events.getFirst(), "failed", 10);
        var path = "/v1/webhook_endpoints/" + endpoint + "/deliveries";

        var first = api.get(path + "?limit=2");
        var second = api.get(path + "?limit=2&cursor=" + first.string("next_cursor"));

        assertThat(first.ids("data")).hasSize(2).doesNotContainAnyElementsOf(second.ids("data"));
        assertThat(second.ids("data")).hasSize(1);
        assertThat(api.get(path + "?status=failed,skipped").ids("data")).isEqualTo(second.ids("data"));
        var read = api.get(PATH + "/" + second.ids("data").getFirst());
        assertThat(read.json())
                .containsEntry("object", "webhook_delivery")
                .containsEntry("event_id", events.getFirst().id().toString())
                .containsEntry("event_type", "account.connected")
                .containsEntry("endpoint_id", endpoint.toString())
                .containsEntry("status", "failed")
                .containsEntry("next_attempt_at", null)
                .containsEntry("livemode", false)
                .containsEntry("attempts", List.of());
    }

    @Test
    void theDeliveriesOfAnEventAreFoundByIt() {
        var endpoint = hooked.endpoint("https://all.example.com", "account.*").id();
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();

        var found = api.get(PATH + "?event_type=account.*&event_id=" + event.id());

        assertThat(found.status()).isEqualTo(200);
        assertThat(endpointsOf(found.text())).contains(endpoint.toString());
        assertThat(api.get(PATH + "?event_id=" + event.id() + "&created_before=2020-01-01T00:00:00Z")
                        .ids("data"))
                .isEmpty();
    }

    @Test
    void whatCannotBeFilteredByIsRefusedWithWhatCan() {
        var unknown = api.get(PATH + "?status=failed,lost").refused(422, "invalid_parameter");
        assertThat(unknown.string("param")).isEqualTo("status");
        assertThat(unknown.string("detail")).contains("lost").contains("skipped");
        api.get(PATH + "?event_type=post.exploded").refused(422, "invalid_parameter");
        api.get(PATH + "?event_id=post_1").refused(422, "invalid_parameter");
        api.get(PATH + "?created_after=yesterday").refused(422, "invalid_parameter");
        api.get(PATH + "?cursor=evt_1").refused(400, "invalid_cursor");
        api.get(PATH + "/none").refused(404, "not_found");
        api.get("/v1/webhook_endpoints/we_00000000000000000000000000/deliveries")
                .refused(404, "not_found");
    }

    @Test
    void oneIsSentAgainOnceForEachIdempotencyKey() {
        hooked.endpoint("https://again.example.com", "account.*");
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        hooked.end(event, "failed", 10);
        var id = api.get(PATH + "?event_id=" + event.id()).ids("data").getFirst();
        var path = PATH + "/" + id + "/replay";

        var replayed = api.post(path, "", "Idempotency-Key", "again " + id);

        assertThat(replayed.status()).as(replayed.text()).isEqualTo(202);
        assertThat(replayed.json()).containsEntry("status", "scheduled").containsEntry("attempt_count", 10);
        hooked.end(event, "delivered", 11);
        assertThat(api.post(path, "", "Idempotency-Key", "again " + id).text()).isEqualTo(replayed.text());
        assertThat(api.get(PATH + "/" + id).json()).containsEntry("status", "delivered");
        api.post(PATH + "/none/replay", "").refused(404, "not_found");
    }

    @Test
    void oneThatIsBeingSentIsNotSentAgain() {
        hooked.endpoint("https://busy.example.com", "account.*");
        var event = hooked.happen(1).getFirst();
        hooked.fanOut();
        hooked.claim(event);
        var id = api.get(PATH + "?event_id=" + event.id()).ids("data").getFirst();

        var refused = api.post(PATH + "/" + id + "/replay", "").refused(409, "conflict");

        assertThat(refused.string("detail")).contains("being sent right now");
        assertThat(api.get(PATH + "/" + id).json()).containsEntry("next_attempt_at", null);
    }

    private static List<String> endpointsOf(String list) {
        return java.util.regex.Pattern.compile("\"endpoint_id\":\"([^\"]+)\"")
                .matcher(list)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
