package dev.carillon.core.oidc;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.kernel.InvalidSetting;
import dev.carillon.core.net.Purpose;
import dev.carillon.core.net.address.NamedHosts;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.core.value.PropertyResolver;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The providers that the operator configured. They are read when a process starts, so that a typing error shows then
 * and not at the first sign-in.
 */
@Context
public final class OidcProviderRegistry implements NamedHosts {
    private static final String PREFIX = "carillon.oidc.";
    private static final String PROVIDERS = PREFIX + "providers";
    private static final String ID = "[a-z][a-z0-9]{0,31}";
    private static final String OPENID = "openid";
    private static final ArgumentConversionContext<String> TEXT = ConversionContext.of(String.class);
    private static final ArgumentConversionContext<List<String>> TEXTS =
            ConversionContext.of(Argument.listOf(String.class));

    private final Map<String, OidcProvider> byId = new LinkedHashMap<>();

    /**
     * Checks the settings without an application context.
     *
     * @throws InvalidSetting for an error that would prevent the start
     */
    public static void check(PropertyResolver properties) {
        var names = properties.getProperty(PROVIDERS, TEXTS).orElseGet(List::of);
        var config = new OidcConfig(
                names, time(properties, "timeout"), time(properties, "keep"), time(properties, "clock-skew"));
        new OidcProviderRegistry(config, properties);
    }

    private static Duration time(PropertyResolver properties, String key) {
        return properties
                .getProperty(PREFIX + key, Duration.class)
                .orElseThrow(() -> new InvalidSetting(PREFIX + key, "must be a time such as 10s, 1m or 1h."));
    }

    /** Throws {@link InvalidSetting}. */
    OidcProviderRegistry(OidcConfig config, PropertyResolver properties) {
        for (var id : config.providers()) {
            if (!id.matches(ID)) {
                throw new InvalidSetting(
                        PROVIDERS,
                        "must contain names of up to 32 lower-case letters and digits; got: %s.".formatted(id));
            }
            if (byId.put(id, new Settings(properties, PREFIX + id + ".").provider(id)) != null) {
                throw new InvalidSetting(PROVIDERS, "contains %s twice; list it once.".formatted(id));
            }
        }
    }

    /** In the order of the configuration. */
    public List<OidcProvider> all() {
        return List.copyOf(byId.values());
    }

    /**
     * The provider with this name.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code not_found}
     */
    public OidcProvider get(String id) {
        return Optional.ofNullable(byId.get(id))
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because(
                        "There is no sign-in provider with this name; GET /v1/sign_in/providers lists them."));
    }

    @Override
    public Purpose purpose() {
        return Purpose.SIGN_IN;
    }

    @Override
    public List<String> urls() {
        return byId.values().stream().map(OidcProvider::issuer).toList();
    }

    /** The settings of one provider. */
    private record Settings(PropertyResolver properties, String prefix) {
        OidcProvider provider(String id) {
            var name = text("name");
            return new OidcProvider(
                    id,
                    name == null ? id : name,
                    issuer(),
                    required("client-id"),
                    text("client-secret"),
                    scopes(),
                    answerMode(),
                    new AdmissionRules(texts("allowed-email-domains"), claims()));
        }

        private String issuer() {
            var issuer = required("issuer");
            var url = issuer.matches("https?://[\\x21-\\x7e&&[^?#]]{1,500}") ? URI.create(issuer) : null;
            if (url == null || url.getHost() == null || url.getUserInfo() != null) {
                throw new InvalidSetting(
                        prefix + "issuer",
                        "must be a URL such as https://accounts.example.com, without user, query or fragment.");
            }
            return issuer;
        }

        private List<String> scopes() {
            var scopes = texts("scopes");
            if (scopes.isEmpty()) {
                return List.of(OPENID, "email", "profile");
            }
            if (!scopes.contains(OPENID)) {
                throw new InvalidSetting(prefix + "scopes", "lacks openid; add it.");
            }
            return scopes;
        }

        private AnswerMode answerMode() {
            var word = text("response-mode");
            if (word == null) {
                return AnswerMode.QUERY;
            }
            return Arrays.stream(AnswerMode.values())
                    .filter(mode -> mode.wireName().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new InvalidSetting(
                            prefix + "response-mode", "must be query or form_post; got: %s.".formatted(word)));
        }

        private Map<String, String> claims() {
            var claims = new LinkedHashMap<String, String>();
            for (var rule : texts("required-claims")) {
                var parts = rule.split("=", 2);
                if (parts.length < 2 || parts[0].isBlank()) {
                    throw new InvalidSetting(
                            prefix + "required-claims",
                            "must contain rules such as hd=example.com; got: %s.".formatted(rule));
                }
                claims.put(parts[0].strip(), parts[1].strip());
            }
            return claims;
        }

        private String required(String key) {
            var text = text(key);
            if (text == null) {
                throw new InvalidSetting(
                        prefix + key, "is missing; set it, or remove the provider from %s.".formatted(PROVIDERS));
            }
            return text;
        }

        private @Nullable String text(String key) {
            return properties
                    .getProperty(prefix + key, TEXT)
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .orElse(null);
        }

        private List<String> texts(String key) {
            return properties.getProperty(prefix + key, TEXTS).orElseGet(List::of).stream()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
    }
}
