package dev.carillon.api.openapi;

import dev.carillon.core.kernel.ApiVersion;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;

/** The parts of the OpenAPI document that describe the API as a whole. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Carillon",
                        version = ApiVersion.NEWEST_NAME,
                        description =
                                "Send a post once. Carillon publishes it exactly once on each account and tells you the outcome.",
                        license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
        security = {
            @SecurityRequirement(name = CarillonApi.BEARER),
            @SecurityRequirement(name = CarillonApi.API_KEY),
            @SecurityRequirement(name = CarillonApi.SESSION)
        })
@SecurityScheme(
        name = CarillonApi.BEARER,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "An API key, as Authorization: Bearer crl_...")
@SecurityScheme(
        name = CarillonApi.API_KEY,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        paramName = "x-api-key",
        description = "The same API key, in the header x-api-key.")
@SecurityScheme(
        name = CarillonApi.SESSION,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.COOKIE,
        paramName = "__Host-carillon_session",
        description =
                "The session of a person who has signed in. Requests that change something also need its csrf_token in Carillon-CSRF. Requests"
                        + " about a workspace name it in Carillon-Workspace and the mode in Carillon-Mode, which is test by default.")
interface CarillonApi {
    String BEARER = "bearer";
    String API_KEY = "api_key";
    String SESSION = "session";
}
