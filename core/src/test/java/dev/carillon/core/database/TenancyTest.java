package dev.carillon.core.database;

import static dev.carillon.core.testing.NewPostBuilder.aPost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.post.PostService;
import dev.carillon.core.session.Origin;
import dev.carillon.core.session.SessionService;
import dev.carillon.core.testing.TestCarillon;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.UserService;
import dev.carillon.core.user.VerifiedIdentity;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Row-level security: raw SQL with the API's database role, as if every WHERE had been forgotten. */
class TenancyTest {
    private static TestCarillon carillon;
    private static WorkspaceId mine;
    private static WorkspaceId theirs;

    @BeforeAll
    static void twoTenantsWithRowsInEveryTable() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true", "carillon.sign-up", "open"));
        mine = carillon.test().workspace();
        theirs = carillon.newWorkspace();
        fill(carillon.test());
        fill(carillon.actor(carillon.newKey(theirs, carillon.test().mode())));
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    private static Account account(Actor actor, Platform platform) {
        var identity = new Identity("me", "me", null, null, "sandbox");
        return carillon.bean(AccountService.class)
                .connect(actor, new NewAccount(platform, identity, Credentials.NONE, Map.of()));
    }

    private static void fill(Actor actor) {
        var account = account(actor, Platform.SANDBOX);
        carillon.bean(PostService.class).accept(actor, aPost("text").on(account).build());
    }

    @Test
    void everyReadableTableShowsOneWorkspaceOnly() throws SQLException {
        try (var connection = asApp(mine)) {
            var tables = texts(connection, """
                    SELECT relname FROM pg_class
                    WHERE relkind IN ('r', 'p') AND relrowsecurity AND has_table_privilege(oid, 'SELECT')
                      AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'workspace_id')
                    """);
            assertThat(tables).contains("post", "publication", "account", "event", "spend_reservation");
            for (var table : tables) {
                assertThat(texts(connection, "SELECT DISTINCT workspace_id FROM " + table))
                        .as(table)
                        .isSubsetOf(mine.value().toString());
            }
            assertThat(texts(connection, "SELECT id FROM workspace"))
                    .containsExactly(mine.value().toString());
        }
    }

    @Test
    void aRowOfAnotherWorkspaceCanBeNeitherWrittenNorChangedNorStolen() throws SQLException {
        try (var connection = asApp(mine)) {
            assertThat(update(
                            connection,
                            "UPDATE account SET username = 'stolen' WHERE workspace_id = '" + theirs.value() + "'"))
                    .isZero();
            assertThatThrownBy(() -> update(
                            connection,
                            "INSERT INTO account_group (id, workspace_id, livemode, name) VALUES (gen_random_uuid(), '"
                                    + theirs.value() + "', true, 'theirs')"))
                    .hasMessageContaining("row-level security");
        }
        try (var connection = asApp(mine)) {
            assertThatThrownBy(() -> update(connection, "UPDATE account SET workspace_id = '" + theirs.value() + "'"))
                    .hasMessageContaining("row-level security");
        }
    }

    // Without this, a forgotten condition would expose every user's sessions and addresses.
    @Test
    void ofWhatBelongsToUsersOneUsersRowsAreSeenOnly() throws SQLException {
        var users = carillon.bean(UserService.class);
        var origin = new Origin(null, InetAddress.getLoopbackAddress());
        var me = users.findOrMake(VerifiedIdentity.byMail(new EmailAddress("me@example.org")));
        var other = users.findOrMake(VerifiedIdentity.byMail(new EmailAddress("other@example.org")));
        carillon.bean(SessionService.class).open(me.id(), origin, null);
        carillon.bean(SessionService.class).open(other.id(), origin, null);
        for (var table : List.of("app_user", "user_identity", "user_session")) {
            try (var connection = asApp(mine)) {
                assertThatThrownBy(() -> texts(connection, "SELECT created_at FROM " + table))
                        .as(table)
                        .hasMessageContaining("carillon.user");
            }
        }
        try (var connection = asApp(mine)) {
            texts(connection, "SELECT set_config('carillon.user', '" + me.id().value() + "', true)");
            var mineOnly = me.id().value().toString();
            assertThat(texts(connection, "SELECT id FROM app_user")).containsExactly(mineOnly);
            assertThat(texts(connection, "SELECT user_id FROM user_identity")).containsExactly(mineOnly);
            assertThat(texts(connection, "SELECT user_id FROM user_session")).containsExactly(mineOnly);
            assertThat(update(
                            connection, "UPDATE user_session SET ended_at = now() WHERE user_id <> '" + mineOnly + "'"))
                    .isZero();
        }
    }

    @Test
    void withoutAWorkspaceThereIsAnErrorAndNotAnEmptyAnswer() throws SQLException {
        try (var connection =
                carillon.bean(DatabasePools.class).pool(DatabaseRole.APP).getConnection()) {
            assertThatThrownBy(() -> texts(connection, "SELECT id FROM post")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theRunningUsersAreNeitherSuperusersNorOwners() throws SQLException {
        for (var role : DatabaseRole.values()) {
            try (var connection = carillon.bean(DatabasePools.class).pool(role).getConnection()) {
                assertThat(texts(connection, """
                                SELECT rolname FROM pg_roles WHERE rolname = current_user
                                  AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
                                       OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid))
                                """)).as("%s", role).isEmpty();
            }
        }
    }

    // Composite foreign keys include the mode. Without it, a test post on a live account would publish for real.
    @Test
    void aRowCannotPointIntoTheOtherMode() throws SQLException {
        try (var connection = asApp(mine)) {
            assertThatThrownBy(() -> update(connection, """
                            INSERT INTO account (id, workspace_id, livemode, platform, external_id, account_group_id,
                                                 platform_app_id, username, status)
                            SELECT gen_random_uuid(), workspace_id, true, 'x', 'other', account_group_id, platform_app_id, 'x', 'active'
                            FROM account LIMIT 1
                            """)).hasMessageContaining("foreign key");
        }
    }

    // This table is the only link between the modes. If a live account could be a sandbox account, simulated posts
    // would be published for real.
    @Test
    void onlyATestAccountIsASandboxAccountAndOnlyForALiveOne() throws SQLException {
        var live = account(carillon.live(), Platform.X).id().value();
        var test = account(carillon.test(), Platform.X).id().value();

        refused(
                "INSERT INTO sandbox_account (account_id, workspace_id, live_account_id) VALUES ('%s', '%s', '%s')"
                        .formatted(live, mine.value(), live),
                "foreign key");
        refused(
                "INSERT INTO sandbox_account (account_id, workspace_id, live_account_id) VALUES ('%s', '%s', '%s')"
                        .formatted(test, mine.value(), test),
                "foreign key");
        refused(
                "INSERT INTO sandbox_account (account_id, livemode, workspace_id, live_account_id) VALUES ('%s', true, '%s', '%s')"
                        .formatted(live, mine.value(), live),
                "check constraint");
        refused("UPDATE publication SET live_account_id = '%s'".formatted(live), "foreign key");
    }

    // This column alone decides what a live key may see in test mode.
    @Test
    void aPostIsSimulatedForALiveKeyOnlyAndIsATestRow() throws SQLException {
        var post = """
                INSERT INTO post (id, workspace_id, livemode, sandbox, live_api_key_id, status, revision, created_at, updated_at)
                VALUES (gen_random_uuid(), '%s', %s, %s, '%s', 'draft', 1, now(), now())
                """;
        var live = carillon.liveKey().id().value();

        refused(
                post.formatted(
                        mine.value(), false, true, carillon.testKey().id().value()),
                "foreign key");
        refused(post.formatted(mine.value(), true, true, live), "check constraint");
        refused(post.formatted(mine.value(), false, false, live), "check constraint");
    }

    private static void refused(String statement, String why) throws SQLException {
        try (var connection = asApp(mine)) {
            assertThatThrownBy(() -> update(connection, statement)).hasMessageContaining(why);
        }
    }

    private static Connection asApp(WorkspaceId workspace) throws SQLException {
        var connection = carillon.database().asApp().getConnection();
        connection.setAutoCommit(false);
        texts(connection, "SELECT set_config('carillon.workspace', '" + workspace.value() + "', true)");
        return connection;
    }

    private static int update(Connection connection, String statement) throws SQLException {
        try (var update = connection.createStatement()) {
            return update.executeUpdate(statement);
        }
    }

    private static List<String> texts(Connection connection, String statement) throws SQLException {
        try (var query = connection.createStatement();
                var rows = query.executeQuery(statement)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
