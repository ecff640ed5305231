package dev.carillon.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatchConfigTest {
    @Test
    void theDefaultsAreThoseThatWereMeasured() {
        try (var beans = ApplicationContext.run()) {
            assertThat(beans.getBean(DispatchConfig.class))
                    .isEqualTo(new DispatchConfig(
                            Duration.ofMillis(50),
                            Duration.ofSeconds(90),
                            400,
                            20,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(10)));
        }
    }

    @Test
    void aSettingIsTakenFromTheConfiguration() {
        try (var beans = ApplicationContext.run(Map.of("carillon.dispatch.max-in-flight", "12"))) {
            assertThat(beans.getBean(DispatchConfig.class).maxInFlight()).isEqualTo(12);
        }
    }
}
