package dev.carillon.core.oidc;

import com.nimbusds.oauth2.sdk.ResponseMode;
import java.util.Locale;

/** How the browser returns the provider's answer. */
public enum AnswerMode {
    /** By a redirect, with the answer in its query. */
    QUERY,
    /**
     * By a form that the provider's page posts (OAuth 2.0 Form Post Response Mode); some providers require it when an
     * e-mail address is requested.
     */
    FORM_POST;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    ResponseMode asResponseMode() {
        return new ResponseMode(wireName());
    }
}
