package dev.carillon.core.publication.duplicate;

import dev.carillon.core.kernel.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The content fingerprint of a publication: a SHA-256 in hexadecimal. Texts that look the same have the same
 * fingerprint: composed and decomposed letters are equal (Unicode NFC), and every run of white space counts as one
 * space. Case counts, because capitals are intended. The account is part of the fingerprint, so that equal contents of
 * two accounts cannot be recognized as equal.
 */
record ContentFingerprint(String hex) {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /** @param media hashes of the media, in order */
    static ContentFingerprint of(AccountId account, String text, List<String> media) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update((account + "\n").getBytes(StandardCharsets.UTF_8));
            sha.update(normalised(text).getBytes(StandardCharsets.UTF_8));
            // A normalised text has no line breaks, so no text can be mistaken for one with media.
            media.forEach(each -> sha.update(("\n" + each).getBytes(StandardCharsets.UTF_8)));
            return new ContentFingerprint(HexFormat.of().formatHex(sha.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String normalised(String text) {
        return WHITE_SPACE
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
    }
}
