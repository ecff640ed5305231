package dev.carillon.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.kernel.InvalidSetting;
import dev.carillon.core.net.Purpose;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourcePropertyResolver;
import io.micronaut.core.value.PropertyResolver;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcProviderRegistryTest {
    private static final Map<String, Object> WORK = Map.of(
            "carillon.oidc.work.issuer", "https://login.example.com/tenant",
            "carillon.oidc.work.client-id", "client-1",
            "carillon.oidc.work.client-secret", "the secret");

    private static OidcProviderRegistry read(Map<String, Object> properties, String... names) {
        return read(new PropertySourcePropertyResolver(PropertySource.of("test", new HashMap<>(properties))), names);
    }

    private static OidcProviderRegistry read(PropertyResolver properties, String... names) {
        var config = new OidcConfig(
                Arrays.asList(names), Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofMinutes(1));
        return new OidcProviderRegistry(config, properties);
    }

    private static Map<String, Object> work(String key, String value) {
        var properties = new HashMap<>(WORK);
        properties.put("carillon.oidc.work." + key, value);
        return properties;
    }

    @Test
    void whatIsNotSaidHasDefaults() {
        var provider = read(WORK, " work ", "").get("work");

        assertThat(provider)
                .isEqualTo(new OidcProvider(
                        "work",
                        "work",
                        "https://login.example.com/tenant",
                        "client-1",
                        "the secret",
                        List.of("openid", "email", "profile"),
                        AnswerMode.QUERY,
                        AdmissionRules.NONE));
        assertThat(provider.discovery())
                .hasToString("https://login.example.com/tenant/.well-known/openid-configuration");
        assertThat(provider.toString()).doesNotContain("secret");
    }

    @Test
    void theEnvironmentSaysTheSame() {
        var environment = PropertySource.of(
                "environment",
                Map.of(
                        "CARILLON_OIDC_WORK_ISSUER", "https://login.example.com/tenant",
                        "CARILLON_OIDC_WORK_CLIENT_ID", "client-1",
                        "CARILLON_OIDC_WORK_CLIENT_SECRET", "the secret",
                        "CARILLON_OIDC_WORK_ALLOWED_EMAIL_DOMAINS", "example.com,example.org"),
                PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE,
                PropertySource.Origin.of("environment"));

        var provider =
                read(new PropertySourcePropertyResolver(environment), "work").get("work");

        assertThat(provider.clientId()).isEqualTo("client-1");
        assertThat(provider.clientSecret()).isEqualTo("the secret");
        assertThat(provider.admission().emailDomains()).containsExactlyInAnyOrder("example.com", "example.org");
    }

    @Test
    void listsAreWrittenWithCommas() {
        var properties = work("allowed-email-domains", "Example.com, example.org");
        properties.put("carillon.oidc.work.required-claims", "hd=example.com,groups = a=b");
        properties.put("carillon.oidc.work.scopes", "openid,email");

        var provider = read(properties, "work").get("work");

        assertThat(provider.scopes()).containsExactly("openid", "email");
        assertThat(provider.admission().emailDomains()).containsExactlyInAnyOrder("example.com", "example.org");
        assertThat(provider.admission().claims())
                .containsOnly(Map.entry("hd", "example.com"), Map.entry("groups", "a=b"));
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, login.example.com, carillon.oidc.work.issuer must be a URL",
        "issuer, https://login.example.com?a=b, carillon.oidc.work.issuer must be a URL",
        "issuer, https://user@login.example.com, carillon.oidc.work.issuer must be a URL",
        "issuer, '', carillon.oidc.work.issuer is missing",
        "client-id, ' ', carillon.oidc.work.client-id is missing",
        "scopes, email, carillon.oidc.work.scopes lacks openid",
        "response-mode, fragment, 'carillon.oidc.work.response-mode must be query or form_post; got: fragment.'",
        "client-id, '', The environment variable is CARILLON_OIDC_WORK_CLIENT_ID.",
        "required-claims, hd, carillon.oidc.work.required-claims must contain rules"
    })
    void whatMakesNoSenseIsRefusedByTheNameOfItsKey(String key, String value, String message) {
        assertThatThrownBy(() -> read(work(key, value), "work"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesArePlainAndStandThereOnce() {
        assertThatThrownBy(() -> read(WORK, "Work")).hasMessageContaining("carillon.oidc.providers");
        assertThatThrownBy(() -> read(WORK, "../x")).hasMessageContaining("carillon.oidc.providers");
        assertThatThrownBy(() -> read(WORK, "work", "work")).hasMessageContaining("twice");
        assertThatThrownBy(() -> read(WORK, "other")).hasMessageContaining("carillon.oidc.other.issuer is missing");
    }

    @Test
    void itsHostIsNamedToTheGuard() {
        var providers = read(WORK, "work");

        assertThat(providers.purpose()).isEqualTo(Purpose.SIGN_IN);
        assertThat(providers.urls()).containsExactly("https://login.example.com/tenant");
    }
}
