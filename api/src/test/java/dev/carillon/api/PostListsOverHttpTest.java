package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.Mode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostListsOverHttpTest {
    private static final int MANY = 200;

    private static ApiServer api;
    private static String account;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        account = api.account("lists");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    // A caller who pages through a list must get each post once, whatever is written meanwhile.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&account_id=",
                "&platform=sandbox",
                "&search=page",
                "&status=draft",
                "&created_from=2020-01-01T00:00:00Z"
            })
    void pagesHaveNoGapAndNoRepeatWhilePostsAreWritten(String filter) {
        var own = api.account("paging" + filter.hashCode());
        var query = filter.endsWith("account_id=") ? filter + own : filter;
        var before = new ArrayList<String>();
        for (int i = 0; i < MANY / 100; i++) {
            before.addAll(batch(own, 100));
        }
        var stop = new AtomicBoolean();
        var writer = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                batch(own, 3);
            }
        });

        var seen = api.idsOfAllPages("/v1/posts?limit=11" + query);
        stop.set(true);
        writer.join();

        assertThat(seen).doesNotHaveDuplicates().containsAll(before).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    private static List<String> batch(String target, int count) {
        return batch(target, "on some page", count);
    }

    private static List<String> batch(String target, String text, int count) {
        var posts = Collections.nCopies(count, postBody(target, text, "\"draft\""));
        var reply =
                api.post("/v1/posts/batch", "{\"mode\":\"atomic\",\"posts\":[%s]}".formatted(String.join(",", posts)));
        assertThat(reply.status()).as(reply.text()).isLessThan(300);
        return ((List<?>) DescribedRoute.child(reply.json(), "data"))
                .stream()
                        .map(entry -> DescribedRoute.child(DescribedRoute.child(entry, "post"), "id"))
                        .map(String::valueOf)
                        .toList();
    }

    @Test
    void postsAreFoundByTheGroupOfTheirAccounts() {
        var group = api.post("/v1/account_groups", "{\"name\": \"found by\"}").string("id");
        var one = accountIn(group, "group-one");
        var other = accountIn(group, "group-other");
        var both = api.post(
                        "/v1/posts",
                        "{\"text\":\"both\",\"targets\":[{\"account_id\":\"%s\"},{\"account_id\":\"%s\"}],\"publish\":\"draft\"}"
                                .formatted(one, other))
                .string("id");
        var single =
                api.post("/v1/posts", postBody(other, "single", "\"draft\"")).string("id");
        api.post("/v1/posts", postBody(account, "elsewhere", "\"draft\""));

        assertThat(listed("account_group_id=" + group)).containsExactly(single, both);
        assertThat(listed("account_group_id=" + group + "&account_id=" + one)).containsExactly(both);
        assertThat(listed("account_group_id=" + group + "&account_id=" + account))
                .isEmpty();
        assertThat(listed("account_group_id=grp_00000000000000000000000000")).isEmpty();
    }

    private static String accountIn(String group, String name) {
        return api.post(
                        "/v1/accounts",
                        "{\"platform\":\"sandbox\",\"username\":\"%s\",\"account_group_id\":\"%s\"}"
                                .formatted(name, group))
                .string("id");
    }

    @Test
    void aDraftThatLosesATargetIsNotListedThereAnyMore() {
        var left = api.account("left");
        var kept = api.account("kept");
        var id = api.post(
                        "/v1/posts",
                        "{\"text\":\"moves\",\"targets\":[{\"account_id\":\"%s\"},{\"account_id\":\"%s\"}],\"publish\":\"draft\"}"
                                .formatted(left, kept))
                .string("id");
        assertThat(listed("account_id=" + left)).containsExactly(id);

        var changed = api.exchange(api.request(
                "PATCH", "/v1/posts/" + id, "{\"revision\":1,\"targets\":[{\"account_id\":\"%s\"}]}".formatted(kept)));

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(listed("account_id=" + left)).isEmpty();
        assertThat(listed("account_id=" + kept)).containsExactly(id);
    }

    @Test
    void postsAreFoundByAllTheWordsOfTheirNewestRevision() {
        var id = api.post("/v1/posts", """
                {"text": "Überraschung: the Bell-founder's café opens", "publish": "draft",
                 "targets": [{"account_id": "%s", "text": "Здравствуй, МОСКВА 東京に行く"}]}
                """.formatted(account)).string("id");

        assertThat(listed("search=" + encoded("uberraschung CAFE"))).containsExactly(id);
        assertThat(listed("search=" + encoded("überraschung opens москва"))).containsExactly(id);
        assertThat(listed("search=" + encoded("東京"))).containsExactly(id);
        assertThat(listed("search=" + encoded("überra"))).containsExactly(id);
        assertThat(listed("search=" + encoded("überra opens"))).isEmpty();
        assertThat(listed("search=" + encoded("überraschung closes"))).isEmpty();
        assertThat(listed("search=" + encoded("überraschung & !opens | ("))).containsExactly(id);
        assertThat(listed("search=uberraschung&status=draft&account_id=" + account))
                .containsExactly(id);
        assertThat(listed("search=uberraschung&status=published")).isEmpty();
        assertThat(listed("search=uberraschung&platform=x")).isEmpty();

        var changed = api.exchange(
                api.request("PATCH", "/v1/posts/" + id, "{\"revision\": 1, \"text\": \"Nothing of that\"}"));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(listed("search=uberraschung")).isEmpty();
        assertThat(listed("search=" + encoded("nothing москва"))).containsExactly(id);
    }

    // Each number is a count of posts on the account, newest first, alternately with and without the word. The cases:
    // so few posts that all are checked; the word in the newest posts; in a few old posts; in many old posts.
    @ParameterizedTest
    @CsvSource({"firecrest,3 2", "goldcrest,30 30", "chiffchaff,2 30 3 20", "whitethroat,1 30 60 1 60 3"})
    void pagesOfWordsOnAnAccountHaveNoGapAndNoRepeat(String word, String turns) {
        var own = api.account(word);
        var other = api.account("not-" + word);
        var counts = Stream.of(turns.split(" ")).map(Integer::parseInt).toList();
        var saying = new ArrayList<String>();
        for (int turn = counts.size() - 1; turn >= 0; turn--) {
            batch(other, "elsewhere a " + word, 2);
            var written = batch(own, turn % 2 == 0 ? "once more a " + word : "no bird", counts.get(turn));
            saying.addAll(turn % 2 == 0 ? written : List.of());
        }

        var pages = api.idsOfAllPages("/v1/posts?limit=1&search=%s&account_id=%s".formatted(word, own));

        assertThat(pages).containsExactlyElementsOf(saying.reversed());
    }

    // The search uses a function that row-level security does not restrict.
    @Test
    void wordsOfAnotherWorkspaceOrModeAreNotFound() {
        var id = api.post("/v1/posts", postBody(account, "quetzalcoatlus", "\"draft\""))
                .string("id");
        var another = api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST);

        assertThat(listed("search=quetzalcoatlus")).containsExactly(id);
        assertThat(api.get("/v1/posts?search=quetzalcoatlus", api.liveKey()).ids("data"))
                .isEmpty();
        assertThat(api.get("/v1/posts?search=quetzalcoatlus", ApiServer.secretOf(another))
                        .ids("data"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',contains no word", "'  ',contains no word", "'!?',contains no word", "a%00b,control characters"})
    void aSearchForNothingIsRefused(String search, String why) {
        var refused = api.get("/v1/posts?search=" + search.replace(" ", "%20")).refused(422, "invalid_parameter");

        assertThat(refused.string("param")).isEqualTo("search");
        assertThat(refused.string("detail")).contains(why);
    }

    @Test
    void aSearchIsTwoHundredCharactersAtMost() {
        assertThat(listed("search=" + "a".repeat(200))).isEmpty();
        assertThat(api.get("/v1/posts?search=" + "a".repeat(201))
                        .refused(422, "invalid_parameter")
                        .string("detail"))
                .contains("201", "200");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> listed(String query) {
        return api.get("/v1/posts?limit=100&" + query).ids("data");
    }
}
