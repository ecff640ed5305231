package dev.carillon.app.bench.dispatch;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.app.bench.server.BenchServers;
import dev.carillon.app.settings.DatabaseLogin;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.PostService;
import dev.carillon.core.testing.TestCarillon;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillTest {
    private static final String UUIDS = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String IDS = "\"(post|pub|acct|evt)_[^\"]+\"";
    private static final String TIMES = "\"\\d{4}-\\d\\d-\\d\\dT[^\"]+\"";
    private static final String TEXT = "\"text\": \"[^\"]+\"";

    private static TestCarillon carillon;
    private static BenchDatabase database;

    @BeforeAll
    static void acceptOnePostAndFillInAnother() {
        carillon = TestCarillon.start(Map.of(MemoryPlatform.LATENCY + ".others", "0"));
        var owner = carillon.database();
        database = BenchDatabase.of(new DatabaseLogin(owner.jdbcUrl(), owner.ownerUser(), owner.ownerPassword()));
        database.run(BenchServers.NEW_ID);
        var account = connected();
        var later = database.now().plus(Duration.ofHours(1));
        carillon.bean(PostService.class)
                .accept(
                        carillon.live(),
                        aPost("A post")
                                .on(account)
                                .when(new When.At(later, false))
                                .build());
        new Fill(database).posts(List.of(account.value()), 1, later, Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        database.close();
        carillon.close();
    }

    private static AccountId connected() {
        var identity = new Identity("somebody", "somebody", null, null, "client");
        return carillon.bean(AccountService.class)
                .connect(carillon.live(), new NewAccount(Platform.MASTODON, identity, Credentials.NONE, Map.of()))
                .id();
    }

    // Figures that are measured with other rows than those of production would be meaningless.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT to_jsonb(post) FROM post ORDER BY id",
                "SELECT to_jsonb(post_revision) FROM post_revision ORDER BY post_id",
                "SELECT to_jsonb(publication) FROM publication ORDER BY id",
                "SELECT to_jsonb(spend_reservation) FROM spend_reservation ORDER BY publication_id",
                "SELECT to_jsonb(publication_hint) - 'id' FROM publication_hint ORDER BY id",
                "SELECT to_jsonb(event) - 'body' || body::jsonb FROM event WHERE type = 'post.created' ORDER BY id"
            })
    void whatIsFilledInIsWhatTheApiWrites(String rows) {
        var accepted = database.list(rows, row -> shapeOf(row.getString(1)));

        assertThat(accepted).hasSize(2);
        assertThat(accepted.getLast()).isEqualTo(accepted.getFirst());
    }

    /** The row without the values that differ from post to post. */
    private static String shapeOf(String row) {
        return row.replaceAll(IDS, "an $1 id")
                .replaceAll(UUIDS, "a uuid")
                .replaceAll(TIMES, "a time")
                .replaceAll(TEXT, "a text");
    }
}
