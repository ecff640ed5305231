package dev.carillon.core.user;

import org.jspecify.annotations.Nullable;

/**
 * The identity of a person as an issuer confirms it. {@code toString} shows only the issuer.
 *
 * @param issuer a provider's issuer URL, or {@link #BY_MAIL}
 * @param subject the issuer's permanent id of the person
 * @param email null if the issuer gives none, or none that is valid
 * @param emailVerified whether the issuer confirms that the address is theirs; an unverified address is never used to
 *     find a user
 * @param name null if the issuer gives none
 */
public record VerifiedIdentity(
        String issuer,
        String subject,
        @Nullable EmailAddress email,
        boolean emailVerified,
        @Nullable String name) {
    /** The issuer for people who opened a mail that we sent to the address. */
    public static final String BY_MAIL = "mail";

    private static final int LONGEST = 500;
    private static final int LONGEST_NAME = 200;

    public VerifiedIdentity {
        if (issuer.isEmpty() || issuer.length() > LONGEST || subject.isEmpty() || subject.length() > LONGEST) {
            throw new IllegalArgumentException("issuer and subject must have 1 to " + LONGEST + " characters");
        }
        name = name == null || name.isBlank() ? null : shortened(name.strip());
    }

    /** The identity of a person who opened a mail to this address. */
    public static VerifiedIdentity byMail(EmailAddress email) {
        return new VerifiedIdentity(BY_MAIL, email.text(), email, true, null);
    }

    /** The address if it is verified; otherwise null. */
    public @Nullable EmailAddress verifiedEmail() {
        return emailVerified ? email : null;
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        // Do not leave half a surrogate pair at the end.
        int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
        return name.substring(0, end);
    }

    @Override
    public String toString() {
        return "VerifiedIdentity[" + issuer + "]";
    }
}
