package dev.carillon.core.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MasterKeyQueriesTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final MasterKey key = new MasterKey(MasterKey.generate());

    @AfterAll
    static void dropDatabase() {
        DATABASE.close();
    }

    /** A start with another key would give the database roles other passwords and lock out running processes. */
    @Test
    void aDatabaseTakesAnyKeyFirstAndOnlyThatOneAfterwards() throws SQLException {
        assertThat(MasterKeyQueries.fits(DATABASE.asOwner(), key)).isTrue();

        remember(key);

        assertThat(MasterKeyQueries.fits(DATABASE.asOwner(), key)).isTrue();
        assertThat(MasterKeyQueries.fits(DATABASE.asOwner(), new MasterKey(MasterKey.generate())))
                .isFalse();
    }

    private static void remember(MasterKey key) throws SQLException {
        try (var connection = DATABASE.asOwner().getConnection();
                var insert = connection.prepareStatement("INSERT INTO installation (master_key_check) VALUES (?)")) {
            insert.setBytes(1, key.sealCheck());
            insert.execute();
        }
    }
}
