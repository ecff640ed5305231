package dev.carillon.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    // The server closes an idle connection, even while its caller waits for an outcome.
    @Test
    void theServerIsMorePatientThanACallerMayBe() throws IOException {
        assertThat(setting("micronaut.server.idle-timeout")).isGreaterThan(LONGEST_WAIT.plusSeconds(10));
    }

    @Test
    void aRequestHasAMinuteToArrive() throws IOException {
        assertThat(setting("carillon.requests.read-timeout")).isEqualTo(Duration.ofMinutes(1));
    }

    private static Duration setting(String key) throws IOException {
        try (var settings = PatienceTest.class.getClassLoader().getResourceAsStream("application.yml")) {
            var read = new YamlPropertySourceLoader().read("application", Objects.requireNonNull(settings));
            return Duration.parse("PT" + read.get(key));
        }
    }
}
