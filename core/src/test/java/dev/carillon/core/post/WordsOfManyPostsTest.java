package dev.carillon.core.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.auth.Actor;
import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.testing.TestCarillon;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Searches in a workspace where many posts contain a word but none of the newest does, so that every search strategy is used. */
class WordsOfManyPostsTest {
    private static final int ONCE_COMMON = 21_000;
    private static final int ALL = 24_000;
    private static TestCarillon carillon;
    private static Actor actor;

    @BeforeAll
    static void start() throws SQLException {
        carillon = TestCarillon.start();
        actor = carillon.test();
        try (var connection = carillon.database().asDispatch().getConnection();
                var statement = connection.createStatement()) {
            // Ids ascend with the number.
            statement.execute("""
                    INSERT INTO post (id, workspace_id, livemode, status, revision, created_at, updated_at)
                    SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(nth), 12, '0'))::uuid, '%s', false, 'published', 1, now(), now()
                    FROM generate_series(1, %d) AS nth
                    """.formatted(actor.workspace().value(), ALL));
            statement.execute("""
                    INSERT INTO post_text (post_id, workspace_id, livemode, words)
                    SELECT id, workspace_id, livemode,
                           to_tsvector('simple', CASE WHEN nth <= %d THEN 'heron' ELSE 'stork' END
                                                     || CASE WHEN nth IN (5, 90) THEN ' kingfisher' ELSE '' END)
                    FROM (SELECT *, row_number() OVER (ORDER BY id) AS nth FROM post) AS numbered
                    """.formatted(ONCE_COMMON));
        }
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void aWordOfTheNewestIsFound() {
        assertThat(saying("stork", null)).isEqualTo(posts(24_000, 23_999, 23_998));
    }

    @Test
    void aWordThatWasCommonIsFoundWhereItIsNewest() {
        assertThat(saying("heron", null)).isEqualTo(posts(21_000, 20_999, 20_998));
        assertThat(saying("hero", post(20_900))).isEqualTo(posts(20_899, 20_898, 20_897));
    }

    @Test
    void aRareWordIsFound() {
        assertThat(saying("kingfisher", null)).isEqualTo(posts(90, 5));
        assertThat(saying("heron kingfisher", post(90))).isEqualTo(posts(5));
        assertThat(saying("stork kingfisher", null)).isEmpty();
    }

    @Test
    void whatIsLeftOfACommonWordIsFound() {
        assertThat(saying("heron", post(3))).isEqualTo(posts(2, 1));
    }

    @Test
    void allOfAFewAreFound() {
        assertThat(fewSaying("kingfisher", post(24_000), 3)).containsExactlyInAnyOrderElementsOf(posts(5, 90));
        assertThat(fewSaying("kingfisher", post(90), 3)).isEqualTo(posts(5));
        assertThat(fewSaying("heron", post(24_000), 3)).hasSize(3);
    }

    private static List<PostId> fewSaying(String words, PostId olderThan, int limit) {
        return carillon.bean(Transactions.class).inWorkspace(actor, () -> carillon.bean(PostListQueries.class)
                .fewSaying(actor.tenant(), new SearchWords(words), olderThan, limit));
    }

    private static List<PostId> saying(String words, @Nullable PostId olderThan) {
        return carillon.bean(Transactions.class).inWorkspace(actor, () -> carillon.bean(PostListQueries.class)
                .saying(actor.tenant(), new SearchWords(words), olderThan, 3));
    }

    private static List<PostId> posts(int... numbers) {
        return Arrays.stream(numbers).mapToObj(WordsOfManyPostsTest::post).toList();
    }

    private static PostId post(int number) {
        return new PostId(UUID.fromString("00000000-0000-7000-8000-%012x".formatted(number)));
    }
}
