package dev.carillon.core.oidc;

import com.nimbusds.oauth2.sdk.ResponseMode;
import java.util.Locale;

/** How a provider has the browser bring its answer. */
public enum AnswerMode {
    /** By a link, with the answer in its query. */
    QUERY,
    /** By a form that its page posts (OAuth 2.0 Form Post Response Mode); some providers do nothing else when they are asked for an address. */
    FORM_POST;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    ResponseMode asResponseMode() {
        return new ResponseMode(wireName());
    }
}
