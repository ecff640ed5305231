package dev.carillon.core.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.apikey.ApiKeyAuthenticator.NewKey;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Caller;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.testing.TestCarillon;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiKeyAuthenticatorTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static TestCarillon carillon;
    private static ApiKeyAuthenticator keys;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
        keys = carillon.bean(ApiKeyAuthenticator.class);
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void aKeyIsItsWorkspaceItsModeAndItsScopes() {
        var workspace = carillon.newWorkspace();
        var key = keys.create(workspace, Mode.LIVE, "reader", EnumSet.of(Scope.POSTS_READ));

        var actor = keys.authenticate(key.secret().value(), HERE);

        assertThat(actor)
                .isEqualTo(new Actor(workspace, Mode.LIVE, new Caller.ByKey(key.id()), EnumSet.of(Scope.POSTS_READ)));
        assertThat(key.secret().value()).startsWith("crl_live_");
        assertThatThrownBy(() -> actor.require(Scope.POSTS_PUBLISH))
                .satisfies(thrown -> assertThat(((ApiException) thrown).param()).isEqualTo("posts.publish"));
    }

    @Test
    void theStoredRowOpensNothing() throws SQLException {
        var key = carillon.testKey();

        try (var connection = carillon.database().asOwner().getConnection();
                var query = connection.prepareStatement("SELECT api_key::text FROM api_key WHERE id = ?")) {
            query.setObject(1, key.id().value());
            var rows = query.executeQuery();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).doesNotContain(key.secret().value());
        }
        assertThat(key.secret().toString()).doesNotContain(key.secret().value());
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> keys.authenticate("crl_test_nonsense", HERE))
                .satisfies(thrown -> assertThat(((ApiException) thrown).code()).isEqualTo(ErrorCode.API_KEY_INVALID));
    }

    @Test
    void aRevokedOrExpiredKeyIsSoonRefused() throws SQLException {
        assertThat(refusalOf("revoked_at")).isEqualTo(ErrorCode.API_KEY_REVOKED);
        assertThat(refusalOf("expires_at")).isEqualTo(ErrorCode.API_KEY_EXPIRED);
    }

    private static ErrorCode refusalOf(String column) throws SQLException {
        NewKey key = carillon.newKey(carillon.newWorkspace(), Mode.TEST);
        keys.authenticate(key.secret().value(), HERE);
        try (var connection = carillon.database().asOwner().getConnection();
                var update = connection.prepareStatement(
                        "UPDATE api_key SET " + column + " = clock_timestamp() WHERE id = ?")) {
            update.setObject(1, key.id().value());
            update.executeUpdate();
        }
        return await().atMost(Duration.ofSeconds(10)).until(() -> errorCodeOf(key), code -> code != null);
    }

    private static @org.jspecify.annotations.Nullable ErrorCode errorCodeOf(NewKey key) {
        try {
            keys.authenticate(key.secret().value(), HERE);
            return null;
        } catch (ApiException exception) {
            return exception.code();
        }
    }
}
