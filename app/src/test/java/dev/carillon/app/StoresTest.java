package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.sealing.MasterKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoresTest {
    private static final String MASTER_KEY = MasterKey.generate();

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "CARILLON_DATABASE_URL", "postgresql://owner:secret@db/carillon", "CARILLON_MASTER_KEY", MASTER_KEY));

    @Test
    void theRunningRolesLogInWhereTheOwnerDoesWithPasswordsOfTheirOwn() {
        var stores = stores();

        assertThat(stores.app()).satisfies(app -> {
            assertThat(app.user()).isEqualTo("carillon_app");
            assertThat(app.jdbcUrl()).isEqualTo("jdbc:postgresql://db/carillon");
        });
        assertThat(stores.dispatch()).isNotNull().satisfies(dispatch -> assertThat(dispatch.password())
                .isNotEqualTo(stores.sandbox().password())
                .isNotEqualTo("secret"));
        assertThat(stores.sandbox().user()).isEqualTo("carillon_sandbox");
    }

    @Test
    void aNamedLoginIsTakenInsteadOfADerivedOne() {
        environment.put("CARILLON_DATABASE_APP_URL", "postgresql://carillon_app:other@pooler:6432/carillon");

        var app = stores().app();

        assertThat(app).isNotNull().satisfies(login -> {
            assertThat(login.jdbcUrl()).isEqualTo("jdbc:postgresql://pooler:6432/carillon");
            assertThat(login.password()).isEqualTo("other");
        });
    }

    /** Otherwise each process would generate its own key and seal tokens that no other process can open. */
    @Test
    void aNamedDatabaseWithoutAMasterKeyIsRefusedWithAWayOut() {
        environment.remove("CARILLON_MASTER_KEY");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(this::stores)
                .withMessageContaining("CARILLON_MASTER_KEY")
                .withMessageContaining("./carillon keys master");
    }

    @Test
    void whatIsNoMasterKeyIsRefusedWithoutRepeatingIt() {
        environment.put("CARILLON_MASTER_KEY", "bm90IGEga2V5");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(this::stores)
                .withMessageContaining("./carillon keys master")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("bm90"));
    }

    @Test
    void aDatabaseThatIsAwayIsToldAsSuchAndNotAsAFailedMigration() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            environment.put(
                    "CARILLON_DATABASE_URL",
                    "postgresql://owner:secret@127.0.0.1:%d/carillon".formatted(socket.getLocalPort()));
        }

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> stores().migrate())
                .withMessageContaining("cannot be reached: Connection to 127.0.0.1")
                .withMessageContaining("./carillon doctor")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret"));
    }

    @Test
    void onlyTheOwnerMigrates() {
        environment.put("CARILLON_DATABASE_APP_URL", "postgresql://carillon_app:other@db/carillon");
        environment.remove("CARILLON_DATABASE_URL");

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> stores().migrate())
                .withMessageContaining("CARILLON_DATABASE_URL");
    }

    private Stores stores() {
        return Stores.named(Settings.of(environment));
    }
}
