package dev.carillon.core.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.testing.TestCarillon;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static TestCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start(Map.of("carillon.testing.played-platform", "true"));
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    @Test
    void aSecretOpensForItsWorkspaceAndPurposeAndNoOther() {
        var sealer = carillon.bean(Sealer.class);
        var mine = carillon.live().workspace();
        var theirs = carillon.newWorkspace();

        var secret = sealer.seal(mine, "acct_1", "token");

        assertThat(sealer.open(mine, "acct_1", secret)).isEqualTo("token");
        assertThatThrownBy(() -> sealer.open(mine, "acct_2", secret)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sealer.open(theirs, "acct_1", secret)).isInstanceOf(IllegalStateException.class);
    }

    // With a wrong key, every token would be unreadable, and publications would fail one by one.
    @Test
    void anotherMasterKeyIsRefusedAtTheStart() {
        var transactions = carillon.bean(Transactions.class);
        var queries = carillon.bean(SealingQueries.class);
        new MasterKeyCheck(carillon.bean(MasterKey.class), transactions, queries).run(false);

        var other = new MasterKeyCheck(new MasterKey(MasterKey.generate()), transactions, queries);

        assertThatThrownBy(() -> other.run(false)).hasMessageContaining("CARILLON_MASTER_KEY is not the key");
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> new MasterKey("not-a-key")).hasMessageNotContaining("not-a-key");
    }
}
