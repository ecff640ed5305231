package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.PostId;
import dev.carillon.core.publication.PostStatus;
import dev.carillon.core.publication.PublicationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists by status use other queries than plain lists. They must find every post, in each combination of publication states. */
class PostStatesOverHttpTest {
    private static final Map<PostStatus, List<String>> BY_STATE = new TreeMap<>();

    private static ApiServer api;
    private static SimulatedWorker worker;
    private static String first;
    private static String second;

    /** A publication's status, and whether a process has claimed it. */
    private record Place(PublicationStatus status, boolean leased) {
        static List<Place> all() {
            var all = new ArrayList<Place>();
            for (var status : PublicationStatus.values()) {
                all.add(new Place(status, status == PublicationStatus.PUBLISHING));
            }
            all.add(new Place(PublicationStatus.SCHEDULED, true));
            all.add(new Place(PublicationStatus.PROCESSING, true));
            return all;
        }

        boolean isAhead() {
            return status == PublicationStatus.DRAFT || status == PublicationStatus.PENDING_APPROVAL;
        }

        /** Sets every column that any of the states needs. */
        String assignment() {
            return """
                    status = '%s', due_at = clock_timestamp() + interval '1 day', lease_until = %s,
                    hold_reason = 'reconnect', ticket = '{}', published_at = clock_timestamp(),
                    failure = '{"code": "CONTENT_INVALID", "message": "The platform did not take it."}'
                    """.formatted(status.wireName(), leased ? "clock_timestamp() + interval '1 hour'" : "NULL");
        }
    }

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        worker = new SimulatedWorker(api.carillon());
        first = api.account("first");
        second = api.account("second");
        var places = Place.all();
        for (int one = 0; one < places.size(); one++) {
            for (var other : places.subList(one, places.size())) {
                // Draft and pending approval apply to a whole post.
                if (places.get(one).isAhead() == other.isAhead()) {
                    addPost(places.get(one), other);
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static void addPost(Place one, Place other) {
        var post = api.post(
                "/v1/posts",
                "{\"text\":\"any\",\"targets\":[{\"account_id\":\"%s\"},{\"account_id\":\"%s\"}],\"publish\":\"draft\"}"
                        .formatted(first, second));
        var id = post.string("id");
        var publications = post.ids("publications");
        place(publications.getFirst(), one);
        place(publications.getLast(), other);
        var status = PostStatus.of(List.of(one.status(), other.status()));
        worker.number("UPDATE post SET status = '%s' WHERE id = '%s' RETURNING 1"
                .formatted(status.wireName(), PostId.KIND.read(id).orElseThrow().value()));
        BY_STATE.computeIfAbsent(status, any -> new ArrayList<>()).addFirst(id);
    }

    private static void place(String publication, Place place) {
        worker.number("UPDATE publication SET %s WHERE id = '%s' RETURNING 1"
                .formatted(place.assignment(), SimulatedWorker.idOf(publication).value()));
    }

    @ParameterizedTest
    @EnumSource
    void aStateListsItsPostsNewestFirst(PostStatus status) {
        assertThat(pagesOf("status=" + status.wireName())).isEqualTo(BY_STATE.get(status));
    }

    @ParameterizedTest
    @EnumSource
    void aStateListsItsPostsOnAnAccount(PostStatus status) {
        assertThat(pagesOf("status=%s&account_id=%s".formatted(status.wireName(), second)))
                .isEqualTo(BY_STATE.get(status));
    }

    @ParameterizedTest
    @EnumSource
    void aStateListsItsPostsOfATime(PostStatus status) {
        assertThat(pagesOf("created_from=2020-01-01T00:00:00Z&status=" + status.wireName()))
                .isEqualTo(BY_STATE.get(status));
    }

    @ParameterizedTest
    @EnumSource
    void aStateListsItsPostsWithAWord(PostStatus status) {
        assertThat(pagesOf("search=any&status=" + status.wireName())).isEqualTo(BY_STATE.get(status));
    }

    @Test
    void everyStateIsTried() {
        assertThat(BY_STATE.keySet()).containsExactly(PostStatus.values());
    }

    private static List<String> pagesOf(String filter) {
        return api.idsOfAllPages("/v1/posts?limit=3&" + filter);
    }
}
