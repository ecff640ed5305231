package dev.carillon.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboundConfigTest {
    @Test
    void nothingIsOpenByDefault() {
        try (var context = ApplicationContext.run(Map.of())) {
            assertThat(context.getBean(OutboundConfig.class))
                    .isEqualTo(new OutboundConfig(
                            List.of(), List.of(), "", Duration.ofSeconds(5), Duration.ofSeconds(5), 1_048_576, 256));
        }
    }

    @Test
    void listsAreSeparatedByCommasAsInTheEnvironment() {
        Map<String, Object> settings = Map.of(
                "carillon.outbound.allow", "localhost:9000, receiver",
                "carillon.outbound.own-ports", "8080,5432",
                "carillon.outbound.sandbox", "127.0.0.1:4711",
                "carillon.outbound.max-response-bytes", "64KB");

        try (var context = ApplicationContext.run(settings)) {
            var config = context.getBean(OutboundConfig.class);

            assertThat(config.allow()).containsExactly("localhost:9000", "receiver");
            assertThat(config.ownPorts()).containsExactly(8080, 5432);
            assertThat(config.sandbox()).isEqualTo("127.0.0.1:4711");
            assertThat(config.maxResponseBytes()).isEqualTo(65_536);
            assertThat(context.getBean(OutboundHttp.class)).isNotNull();
        }
    }
}
