package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CarillonTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aMasterKeyIsPrintedAndNothingElse() {
        assertThat(run("keys", "master")).isZero();

        assertThat(out.toString().strip()).matches("[A-Za-z0-9+/=]{100,}");
    }

    @Test
    void aRoleThatSharesServersIsRefusedWithoutAny() {
        assertThat(run("up", "--role", "worker")).isEqualTo(1);

        assertThat(err.toString()).contains("CARILLON_DATABASE_URL").doesNotContain("\tat ");
    }

    @Test
    void aMemberWhoseAddressIsNoneIsRefusedBeforeAnythingIsStarted() {
        assertThat(run("members", "add", "ada")).isEqualTo(1);

        assertThat(err.toString()).contains("ada@example.org").doesNotContain("\tat ");
    }

    @Test
    void whatIsNotUnderstoodIsToldApartFromWhatFailed() {
        assertThat(run("up", "--role", "everything")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return Carillon.commandLine(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
