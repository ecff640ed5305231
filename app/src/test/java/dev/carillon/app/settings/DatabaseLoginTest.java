package dev.carillon.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseLoginTest {
    private static final String SETTING = "CARILLON_DATABASE_URL";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://owner:secret@db.example:5433/carillon",
                "postgres://owner:secret@db.example:5433/carillon",
                "jdbc:postgresql://db.example:5433/carillon?user=owner&password=secret",
                "jdbc:postgresql://owner:secret@db.example:5433/carillon",
            })
    void everyCommonWayToWriteALoginMeansTheSame(String url) {
        assertThat(DatabaseLogin.parse(SETTING, url))
                .isEqualTo(new DatabaseLogin("jdbc:postgresql://db.example:5433/carillon", "owner", "secret"));
    }

    @Test
    void otherParametersStay() {
        var login =
                DatabaseLogin.parse(SETTING, "postgresql://owner@h1:1,h2:2/carillon?sslmode=require&connectTimeout=3");

        assertThat(login.jdbcUrl()).isEqualTo("jdbc:postgresql://h1:1,h2:2/carillon?connectTimeout=3&sslmode=require");
    }

    @Test
    void aPasswordMayHoldAnyCharacter() {
        assertThat(DatabaseLogin.parse(SETTING, "postgresql://owner:p%40%3A%2F%25+w@db/carillon")
                        .password())
                .isEqualTo("p@:/%+w");
        assertThat(DatabaseLogin.parse(SETTING, "postgresql://owner:p@w:d@db/carillon")
                        .password())
                .isEqualTo("p@w:d");
    }

    @Test
    void aUserWithoutPasswordIsTakenAsItIs() {
        assertThat(DatabaseLogin.parse(SETTING, "postgresql://owner@db/carillon"))
                .isEqualTo(new DatabaseLogin("jdbc:postgresql://db/carillon", "owner", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://owner:secret@db/carillon",
                "postgresql://db/carillon",
                "postgresql://owner:secret@db",
                "postgresql://owner:%zz@db/carillon",
                "db/carillon",
            })
    void whatIsNoLoginIsRefusedWithoutRepeatingIt(String url) {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> DatabaseLogin.parse(SETTING, url))
                .withMessageContaining(SETTING)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret", "%zz"));
    }

    @Test
    void aLoginShowsNoPassword() {
        assertThat(DatabaseLogin.parse(SETTING, "postgresql://owner:secret@db/carillon")
                        .toString())
                .doesNotContain("secret");
    }
}
