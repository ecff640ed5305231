package dev.carillon.core.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.kernel.PublicationId;
import dev.carillon.core.platform.FailureClass;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryConfigTest {
    private static final List<Duration> MINUTE = List.of(Duration.ofMinutes(1), Duration.ofMinutes(1));

    @Test
    void theDefaultsAreThoseThatAreDocumented() {
        try (var beans = ApplicationContext.run()) {
            assertThat(beans.getBean(PublishingConfig.class).retries())
                    .isEqualTo(new RetryConfig(
                            durations("PT5S", "PT30S", "PT2M", "PT10M", "PT30M", "PT2H"),
                            durations("PT10S", "PT1M", "PT5M", "PT30M", "PT2H"),
                            durations("PT30S", "PT5M", "PT30M"),
                            durations("PT0S", "PT5S", "PT30S", "PT2M", "PT10M", "PT30M", "PT1H", "PT2H"),
                            0.2));
        }
    }

    @Test
    void aListIsTakenFromTheConfiguration() {
        try (var beans = ApplicationContext.run(Map.of("carillon.publishing.retries.media", "1s,2s"))) {
            assertThat(beans.getBean(PublishingConfig.class).retries().media()).isEqualTo(durations("PT1S", "PT2S"));
        }
    }

    @Test
    void theJitterIsTheSameForOnePublicationAndSpreadsMany() {
        var config = new RetryConfig(MINUTE, MINUTE, MINUTE, MINUTE, 0.5);
        var seen = new HashSet<Duration>();
        for (int i = 0; i < 100; i++) {
            var publication = new PublicationId(UUID.randomUUID());
            var wait = config.waitAfter(FailureClass.NETWORK, 0, publication);
            assertThat(wait).isEqualTo(config.waitAfter(FailureClass.NETWORK, 0, publication));
            assertThat(wait.orElseThrow()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
            seen.add(wait.orElseThrow());
        }

        assertThat(seen).hasSizeGreaterThan(90);
    }

    @Test
    void aListThatIsUsedUpEndsIt() {
        var config = new RetryConfig(MINUTE, MINUTE, List.of(), MINUTE, 0);

        assertThat(config.waitAfter(FailureClass.MEDIA, 0, new PublicationId(UUID.randomUUID())))
                .isEqualTo(Optional.empty());
    }

    @Test
    void aJitterThatIsNoShareIsRefused() {
        assertThatThrownBy(() -> new RetryConfig(MINUTE, MINUTE, MINUTE, MINUTE, 7))
                .hasMessageContaining("carillon.publishing.retries.jitter");
    }

    private static List<Duration> durations(String... texts) {
        return java.util.Arrays.stream(texts).map(Duration::parse).toList();
    }
}
