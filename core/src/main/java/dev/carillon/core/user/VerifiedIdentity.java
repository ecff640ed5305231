package dev.carillon.core.user;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody has shown to be, as whoever vouches for them says. {@code toString} shows the issuer alone.
 *
 * @param issuer who vouches: a provider's issuer URL, or {@link #BY_MAIL}
 * @param subject what the issuer calls them, always the same for the same person
 * @param email null where the issuer gives none, or none that is an address
 * @param emailVerified whether the issuer says that the address was shown to be theirs; an address that was not links to nobody
 * @param name null where the issuer gives none
 */
public record VerifiedIdentity(
        String issuer,
        String subject,
        @Nullable EmailAddress email,
        boolean emailVerified,
        @Nullable String name) {
    /** Somebody who opened a mail that we sent to the address. */
    public static final String BY_MAIL = "mail";

    private static final int LONGEST = 500;
    private static final int LONGEST_NAME = 200;

    public VerifiedIdentity {
        if (issuer.isEmpty() || issuer.length() > LONGEST || subject.isEmpty() || subject.length() > LONGEST) {
            throw new IllegalArgumentException("issuer and subject have 1 to " + LONGEST + " characters");
        }
        name = name == null || name.isBlank() ? null : shortened(name.strip());
    }

    /** Somebody who opened a mail to this address. */
    public static VerifiedIdentity byMail(EmailAddress email) {
        return new VerifiedIdentity(BY_MAIL, email.text(), email, true, null);
    }

    /** The address, where it was shown to be theirs; null otherwise. */
    public @Nullable EmailAddress verifiedEmail() {
        return emailVerified ? email : null;
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        // No half of a surrogate pair stays at the end.
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return name.substring(0, end);
    }

    @Override
    public String toString() {
        return "VerifiedIdentity[" + issuer + "]";
    }
}
