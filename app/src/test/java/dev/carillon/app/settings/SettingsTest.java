package dev.carillon.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void aProxyThatIsNoAddressEndsTheStart() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Settings.of(Map.of("CARILLON_TRUSTED_PROXIES", "10.0.0.0/8, proxy.internal")))
                .withMessageStartingWith("CARILLON_TRUSTED_PROXIES: proxy.internal is not an IP address");
    }

    @Test
    void nothingSetMeansEmbeddedServersOnThisMachineOnly() {
        var settings = Settings.of(Map.of());

        assertThat(settings.databases().named()).isFalse();
        assertThat(settings.redisUrl()).isNull();
        assertThat(settings.outboundAllow()).isEmpty();
        assertThat(settings.host()).isEqualTo("127.0.0.1");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        var settings = Settings.of(Map.of("CARILLON_DATABASE_URL", "", "CARILLON_REDIS_URL", "  "));

        assertThat(settings.databases().named()).isFalse();
        assertThat(settings.redisUrl()).isNull();
    }

    @Test
    void hostsThatMayBeCalledAreSeparatedByCommas() {
        var settings = Settings.of(Map.of("CARILLON_OUTBOUND_ALLOW", "pds.internal, 10.0.0.7:2583 ,"));

        assertThat(settings.outboundAllow()).containsExactly("pds.internal", "10.0.0.7:2583");
    }

    @Test
    void theSandboxPlatformMayRunElsewhere() {
        var settings =
                Settings.of(Map.of("CARILLON_SANDBOX_URL", "http://sandbox:8091", "CARILLON_SANDBOX_PORT", "9000"));

        assertThat(settings.sandbox().url()).isEqualTo(URI.create("http://sandbox:8091"));
        assertThat(settings.sandbox().port()).isEqualTo(9000);
    }

    @Test
    void metricsAreOfferedWhereTheyHaveAPortAndOnThisMachineOnly() {
        assertThat(Settings.of(Map.of("CARILLON_METRICS_HOST", "0.0.0.0")).metrics())
                .isNull();
        assertThat(Settings.of(Map.of("CARILLON_METRICS_PORT", "9464")).metrics())
                .isEqualTo(new Settings.Metrics("127.0.0.1", 9464));
        assertThat(Settings.of(Map.of("CARILLON_METRICS_PORT", "9464", "CARILLON_METRICS_HOST", "0.0.0.0"))
                        .metrics())
                .isEqualTo(new Settings.Metrics("0.0.0.0", 9464));
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Settings.of(Map.of("CARILLON_METRICS_PORT", "any")))
                .withMessageContaining("CARILLON_METRICS_PORT");
    }

    @Test
    void aVariableThatMakesNoSenseIsRefusedByItsName() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Settings.of(Map.of("CARILLON_SANDBOX_PORT", "90000")))
                .withMessageContaining("CARILLON_SANDBOX_PORT");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> Settings.of(Map.of("CARILLON_SANDBOX_URL", "sandbox:8091/path")))
                .withMessageContaining("CARILLON_SANDBOX_URL");
    }

    @Test
    void settingsShowNoSecret() {
        var settings = Settings.of(Map.of(
                "CARILLON_DATABASE_URL", "postgresql://owner:hidden1@db/carillon",
                "CARILLON_REDIS_URL", "redis://user:hidden2@redis",
                "CARILLON_MASTER_KEY", "hidden3",
                "CARILLON_SANDBOX_SECRET", "hidden4"));

        assertThat(settings.toString()).doesNotContain("hidden");
    }
}
