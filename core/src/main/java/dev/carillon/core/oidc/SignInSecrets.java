package dev.carillon.core.oidc;

import dev.carillon.core.sealing.SecretToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets of one sign-in in one browser. The nonce and the PKCE verifier are derived from the browser's secret and
 * stored nowhere, so only the browser that started the sign-in can finish it.
 */
record SignInSecrets(SecretToken browser, SecretToken state) {
    private static final String ALGORITHM = "HmacSHA256";

    String nonce() {
        return derive("nonce");
    }

    String verifier() {
        return derive("verifier");
    }

    /** 43 characters, different for each use, state and browser. */
    private String derive(String use) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(browser.text().getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            var derived = mac.doFinal((use + ":" + state.text()).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(derived);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
