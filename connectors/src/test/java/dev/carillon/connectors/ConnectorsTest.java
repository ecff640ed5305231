package dev.carillon.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.connectors.bluesky.BlueskyConnector;
import dev.carillon.connectors.sandbox.SandboxClientConfig;
import dev.carillon.connectors.sandbox.SandboxConnector;
import dev.carillon.core.account.SealedCredentials;
import dev.carillon.core.clock.BusinessClocks;
import dev.carillon.core.kernel.Clocks;
import dev.carillon.core.platform.CredentialStore;
import dev.carillon.core.platform.Platform;
import dev.carillon.core.platform.PlatformConnector;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connectors as the application finds them. */
class ConnectorsTest {
    @Factory
    @Requires(property = "connectors-test")
    static class Surroundings {
        @Bean
        @Singleton
        @Primary
        @Replaces(BusinessClocks.class)
        Clocks clocks() {
            return FixedClocks.atNoon();
        }

        @Bean
        @Singleton
        @Replaces(SealedCredentials.class)
        CredentialStore credentials() {
            return new CredentialsInMemory(null);
        }
    }

    @Test
    void theSandboxHoldsATextAgainstTheRulesOfThePlatformThatItPlays() {
        try (var context = context()) {
            var live = context.getBean(BlueskyConnector.class);
            var simulated = context.getBean(SandboxConnector.class);
            var tooLong = "x".repeat(301);
            Map<String, Object> unknown = Map.of("visibility", "PUBLIC");

            assertThat(simulated.check(Platform.BLUESKY, tooLong, unknown))
                    .isEqualTo(live.check(Platform.BLUESKY, tooLong, unknown))
                    .hasSize(2);
            assertThat(simulated.check(Platform.X, tooLong, unknown))
                    .extracting("rule")
                    .containsExactly("x.text.weighted_characters", "x.settings.unknown");
            assertThat(simulated.check(Platform.SANDBOX, tooLong, unknown)).isEmpty();
        }
    }

    // A platform without simulated rules would accept in test mode what the real platform refuses.
    @ParameterizedTest
    @EnumSource(value = Platform.class, mode = EnumSource.Mode.EXCLUDE, names = "SANDBOX")
    void everyPlatformIsSimulatedWithRulesOfItsOwn(Platform platform) {
        try (var context = context()) {
            assertThat(context.getBean(SandboxConnector.class).check(platform, "a\ud83d", Map.of()))
                    .extracting("rule")
                    .contains(platform.wireName() + ".text.unicode");
        }
    }

    @Test
    void everyConnectorIsFoundAndConfigured() {
        try (var context = context()) {
            assertThat(context.getBeansOfType(PlatformConnector.class))
                    .hasOnlyElementsOfTypes(BlueskyConnector.class, SandboxConnector.class)
                    .hasSize(2);
            assertThat(context.getBean(SandboxClientConfig.class))
                    .isEqualTo(new SandboxClientConfig("http://127.0.0.1:8090", "s3cret"))
                    .hasToString("SandboxClientConfig[url=http://127.0.0.1:8090]");
        }
    }

    static ApplicationContext context() {
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .properties(Map.of(
                        "connectors-test", "true",
                        "carillon.sandbox.url", "http://127.0.0.1:8090",
                        "carillon.sandbox.secret", "s3cret"))
                .start();
    }
}
