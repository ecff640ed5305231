package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationSettingsTest {

    @Test
    void theDefaultsMakeSense() {
        try (var settings = MicronautSettings.read()) {
            assertThat(settings.problems()).isEmpty();
        }
    }

    @Test
    void aSettingIsKnownByTheVariableThatSetsIt() {
        try (var settings = MicronautSettings.read()) {
            assertThat(settings.variables())
                    .contains(
                            "CARILLON_STREAMS_HEARTBEAT",
                            "CARILLON_DATABASE_APP_POOL_SIZE",
                            "CARILLON_DISPATCH_BOUNDS_WAITING",
                            "CARILLON_PUBLIC_URL",
                            "CARILLON_SIGN_UP",
                            "CARILLON_SMTP_URL",
                            "CARILLON_STRIPE_KEY",
                            "CARILLON_TRUSTED_PROXIES",
                            "CARILLON_OIDC_PROVIDERS")
                    .allMatch(name -> name.startsWith("CARILLON_"));
        }
    }

    @Test
    void whatCannotBeReadIsToldByItsKeyWithWhatItTakes() {
        assertThat(problem("carillon.sign-up", "maybe"))
                .contains("carillon.sign-up must be invited or open; got: maybe.");
        assertThat(problem("carillon.webhooks.retries", "5s,never"))
                .contains("a comma-separated list, each value a time such as 10s")
                .contains("CARILLON_WEBHOOKS_RETRIES");
        assertThat(problem("carillon.outbound.max-response-bytes", "lots")).contains("a size such as 64KB; got: lots.");
        assertThat(problem("carillon.webhooks.jitter", "some")).contains("must be a number; got: some.");
    }

    private static String problem(String key, String value) {
        System.setProperty(key, value);
        try (var settings = MicronautSettings.read()) {
            assertThat(settings.problems()).hasSize(1);
            return settings.problems().getFirst();
        } finally {
            System.clearProperty(key);
        }
    }
}
