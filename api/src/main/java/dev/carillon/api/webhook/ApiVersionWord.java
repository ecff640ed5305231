package dev.carillon.api.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.core.kernel.ApiVersion;

/** The versions of the API, as the description lists them. */
enum ApiVersionWord {
    @JsonProperty(ApiVersion.NEWEST_NAME)
    V2026_11_28
}
