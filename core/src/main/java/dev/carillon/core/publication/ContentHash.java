package dev.carillon.core.publication;

import dev.carillon.core.kernel.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What one account is to say, as a SHA-256 in hexadecimal. Texts that look the same are the same: composed and decomposed letters
 * are one (Unicode NFC), and every run of white space is one space. Case counts: who writes in capitals means to. The account is part
 * of it, so that equal contents of two accounts cannot be told to be equal.
 */
record ContentHash(String hex) {
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /** @param media hashes of the media, in their order */
    static ContentHash of(AccountId account, String text, List<String> media) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update((account + "\n").getBytes(StandardCharsets.UTF_8));
            sha.update(normalised(text).getBytes(StandardCharsets.UTF_8));
            // A normalised text holds no line break, so that no text can pass for one with media.
            media.forEach(each -> sha.update(("\n" + each).getBytes(StandardCharsets.UTF_8)));
            return new ContentHash(HexFormat.of().formatHex(sha.digest()));
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
