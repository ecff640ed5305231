package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventsOverHttpTest {
    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aPostsEventsAreFoundByItAndThoseOfItsPublicationsWithThem() {
        var account = api.account("followed");
        var post = api.post("/v1/posts", postBody(account, "hello", "{\"at\": \"2027-03-01T09:00:00Z\"}"));
        var publication = post.ids("publications").getFirst();
        var other =
                api.post("/v1/posts", postBody(account, "another", "\"draft\"")).string("id");
        assertThat(api.post("/v1/posts/" + post.string("id") + "/cancel", "").status())
                .isEqualTo(200);

        assertThat(types("post_id=" + post.string("id") + "&order=asc"))
                .containsExactly("post.created", "post.scheduled", "publication.canceled", "post.canceled");
        assertThat(types("object_id=" + publication)).containsExactly("publication.canceled");
        assertThat(types("post_id=" + post.string("id") + "&type=post.*"))
                .containsExactly("post.canceled", "post.scheduled", "post.created");
        assertThat(types("post_id=" + other + "&type=publication.*,post.created"))
                .containsExactly("post.created");
        assertThat(types("post_id=" + post.string("id") + "&created_before=2020-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(types("object_id=" + account + "&created_after=2020-01-01T00:00:00Z"))
                .containsExactly("account.connected");
    }

    @Test
    void aDraftThatGetsATimeIsScheduledAndItsCreationIsNot() {
        var post = api.post("/v1/posts", postBody(api.account("later"), "hello", "\"draft\""))
                .string("id");
        var change = api.request("PATCH", "/v1/posts/" + post, "{\"publish\":{\"at\":\"2027-03-01T09:00:00Z\"}}")
                .header("If-Match", "1");

        assertThat(api.exchange(change).status()).isEqualTo(200);

        assertThat(types("post_id=" + post + "&order=asc"))
                .containsExactly("post.created", "post.updated", "post.scheduled");
    }

    @Test
    void theLogIsReadThroughInBothDirectionsAndByRareTypes() {
        for (int i = 0; i < 5; i++) {
            api.account("many " + i);
        }
        var down = all("desc", "");
        var up = all("asc", "");

        assertThat(up).isEqualTo(down.reversed()).doesNotHaveDuplicates().hasSizeGreaterThan(5);
        assertThat(all("asc", "&type=account.connected,post.created"))
                .hasSizeGreaterThan(4)
                .isSubsetOf(up);
    }

    private static List<String> all(String order, String filter) {
        var ids = new ArrayList<String>();
        var path = "/v1/events?limit=2&order=" + order + filter;
        var page = api.get(path);
        ids.addAll(page.ids("data"));
        while (page.json().get("next_cursor") != null) {
            page = api.get(path + "&cursor=" + page.string("next_cursor"));
            ids.addAll(page.ids("data"));
        }
        return List.copyOf(ids);
    }

    @Test
    void oneEventIsTheSameBytesAsInTheLog() {
        var account = api.account("single");
        var listed = api.get("/v1/events?object_id=" + account);
        var id = listed.ids("data").getFirst();

        var read = api.get("/v1/events/" + id);

        assertThat(read.status()).isEqualTo(200);
        assertThat(listed.text()).contains("\"data\":[" + read.text() + "]");
        api.get("/v1/events/evt_00000000000000000000000000").refused(404, "not_found");
        api.get("/v1/events/none").refused(404, "not_found");
    }

    @Test
    void whatCannotBeFilteredByIsRefusedWithWhatCan() {
        var unknown = api.get("/v1/events?type=post.created,post.exploded").refused(422, "invalid_parameter");
        assertThat(unknown.string("param")).isEqualTo("type");
        assertThat(unknown.string("detail")).contains("post.exploded");
        api.get("/v1/events?type=").refused(422, "invalid_parameter");
        api.get("/v1/events?order=up").refused(422, "invalid_parameter");
        api.get("/v1/events?post_id=acct_1").refused(422, "invalid_parameter");
        api.get("/v1/events?created_after=yesterday").refused(422, "invalid_parameter");
        api.get("/v1/events?cursor=evt_00000000000000000000000000").refused(400, "invalid_cursor");
    }

    @Test
    void everyTypeHasASchemaOfItsOwn() {
        var components = DescribedRoute.child(api.get("/openapi.json").json(), "components");
        var schemas = (Map<?, ?>) DescribedRoute.child(components, "schemas");
        var discriminator = DescribedRoute.child(DescribedRoute.child(schemas, "EventResponse"), "discriminator");
        var mapping = (Map<?, ?>) DescribedRoute.child(discriminator, "mapping");

        assertThat(mapping.keySet().stream().map(String::valueOf)).containsExactlyInAnyOrderElementsOf(Event.types());
        mapping.values()
                .forEach(reference -> assertThat(schemas.keySet().stream().map(String::valueOf))
                        .contains(String.valueOf(reference).replace("#/components/schemas/", "")));
    }

    private static List<String> types(String query) {
        var page = api.get("/v1/events?limit=100&" + query);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return ((List<?>) DescribedRoute.child(page.json(), "data"))
                .stream()
                        .map(event -> String.valueOf(((Map<?, ?>) event).get("type")))
                        .toList();
    }
}
