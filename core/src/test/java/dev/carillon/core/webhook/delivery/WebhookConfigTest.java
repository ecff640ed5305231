package dev.carillon.core.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.webhook.health.EndpointHealthConfig;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookConfigTest {
    @Test
    void withoutSettingsThereAreAttemptsForThreeDaysAndWarningsBeforeTheEnd() {
        try (var context = ApplicationContext.run()) {
            var attempts = context.getBean(WebhookConfig.class);
            var health = context.getBean(EndpointHealthConfig.class);

            assertThat(attempts.timeout()).isEqualTo(Duration.ofSeconds(15));
            assertThat(attempts.retries())
                    .containsExactly(
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(30),
                            Duration.ofHours(2),
                            Duration.ofHours(5),
                            Duration.ofHours(10),
                            Duration.ofHours(14),
                            Duration.ofHours(20),
                            Duration.ofHours(24));
            assertThat(attempts.jitter()).isEqualTo(0.1);
            assertThat(attempts.replyExcerptBytes()).isEqualTo(4096);
            assertThat(health)
                    .isEqualTo(new EndpointHealthConfig(
                            Duration.ofHours(24),
                            List.of(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(10),
                                    Duration.ofSeconds(20),
                                    Duration.ofSeconds(30)),
                            10,
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(5),
                            List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(3)),
                            Duration.ofDays(5)));
        }
    }
}
