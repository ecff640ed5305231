package dev.carillon.core.publication.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContentGuardConfigTest {
    @Test
    void theDefaultsAreThoseThatAreDocumented() {
        try (var context = ApplicationContext.run()) {
            assertThat(context.getBean(ContentGuardConfig.class))
                    .isEqualTo(new ContentGuardConfig(Duration.ofHours(24), Duration.ofSeconds(60)));
        }
    }
}
