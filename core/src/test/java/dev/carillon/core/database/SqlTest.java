package dev.carillon.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.testing.TestCarillon;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SqlTest {
    private static TestCarillon carillon;

    @BeforeAll
    static void start() {
        carillon = TestCarillon.start();
    }

    @AfterAll
    static void stop() {
        carillon.close();
    }

    // How an array is sent depends on its elements, and a text may contain array syntax: braces, quotes, NULL.
    @Test
    void arraysOfEveryKindArriveAsTheyWereGiven() {
        var id = UUID.randomUUID();
        var moment = Instant.parse("2026-03-29T01:30:00.123456Z");
        assertThat(there("text", "{\"a\": \"b\\\\c\"},NULL", null, "", "NULL", "🔔ä"))
                .containsExactly("{\"a\": \"b\\\\c\"},NULL", "-", "", "NULL", "🔔ä");
        assertThat(there("bigint", 1L, null, Long.MIN_VALUE)).containsExactly("1", "-", "-9223372036854775808");
        assertThat(there("bigint", 7, 8)).containsExactly("7", "8");
        assertThat(there("boolean", true, null, false)).containsExactly("true", "-", "false");
        assertThat(there("boolean", Mode.LIVE, Mode.TEST)).containsExactly("true", "false");
        assertThat(there("uuid", id, null)).containsExactly(id.toString(), "-");
        assertThat(there("uuid", new PostId(id))).containsExactly(id.toString());
        assertThat(there("jsonb", new Jsonb("{\"a\": [1, \"}\"]}"), null)).containsExactly("{\"a\": [1, \"}\"]}", "-");
        assertThat(there("timestamptz", moment, null)).containsExactly("2026-03-29 01:30:00.123456+00", "-");
        assertThat(there("timestamptz", (@Nullable Object) null)).containsExactly("-");
        assertThat(there("uuid")).isEmpty();
    }

    private static List<String> there(String type, @Nullable Object... elements) {
        return carillon.bean(Transactions.class).acrossWorkspaces(() -> carillon.bean(Sql.class)
                .of(
                        "SELECT coalesce(element::text, '-') AS element FROM unnest(?::" + type + "[]) AS element",
                        Arrays.asList(elements))
                .list(row -> row.text("element")));
    }
}
