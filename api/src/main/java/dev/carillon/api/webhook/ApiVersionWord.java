package dev.carillon.api.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.core.kernel.ApiVersion;

/** The API versions, as the OpenAPI document lists them. */
enum ApiVersionWord {
    @JsonProperty(ApiVersion.NEWEST_NAME)
    V2026_11_28;

    ApiVersion toVersion() {
        return switch (this) {
            case V2026_11_28 -> ApiVersion.V2026_11_28;
        };
    }
}
