package dev.carillon.core.oidc;

import static dev.carillon.core.kernel.ErrorCode.SIGN_IN_NOT_ALLOWED;

import dev.carillon.core.user.EmailAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The users of a provider that may sign in; without rules, all of them.
 *
 * @param emailDomains in lower case; the user's address must be verified by the provider and be in one of them
 * @param claims required claims by name: the claim equals this text, or is a list that contains it
 */
public record AdmissionRules(Set<String> emailDomains, Map<String, String> claims) {
    public static final AdmissionRules NONE = new AdmissionRules(Set.of(), Map.of());

    AdmissionRules(List<String> emailDomains, Map<String, String> claims) {
        this(
                emailDomains.stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                claims);
    }

    public AdmissionRules {
        emailDomains = Set.copyOf(emailDomains);
        claims = Map.copyOf(claims);
    }

    /** Throws {@code sign_in_not_allowed} for a user whom the rules exclude. */
    void check(
            OidcProvider provider, @Nullable EmailAddress email, boolean emailVerified, Map<String, Object> idToken) {
        if (!emailDomains.isEmpty() && !(emailVerified && emailDomains.contains(domain(email)))) {
            throw SIGN_IN_NOT_ALLOWED.because("To sign in with %s, you need a verified e-mail address that ends in %s."
                    .formatted(
                            provider.name(),
                            emailDomains.stream()
                                    .sorted()
                                    .map(domain -> "@" + domain)
                                    .collect(Collectors.joining(" or "))));
        }
        claims.forEach((name, value) -> {
            if (!says(idToken.get(name), value)) {
                throw SIGN_IN_NOT_ALLOWED.because(
                        "%s did not confirm the value that signing in here requires for the claim %s."
                                .formatted(provider.name(), name));
            }
        });
    }

    private static String domain(@Nullable EmailAddress email) {
        return email == null ? "" : email.text().substring(email.text().lastIndexOf('@') + 1);
    }

    private static boolean says(@Nullable Object claim, String value) {
        return switch (claim) {
            case null -> false;
            case Collection<?> many -> many.stream().anyMatch(each -> value.equals(String.valueOf(each)));
            default -> value.equals(claim.toString());
        };
    }
}
