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
                                "Send a post once; it is published on every account, exactly once, and you see why.",
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
        description = "A key, as Authorization: Bearer crl_...")
@SecurityScheme(
        name = CarillonApi.API_KEY,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        paramName = "x-api-key",
        description = "The same key in a header of its own.")
@SecurityScheme(
        name = CarillonApi.SESSION,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.COOKIE,
        paramName = "__Host-carillon_session",
        description =
                "The session of a person who has signed in. What changes something needs its csrf_token as Carillon-CSRF as well; what is about a"
                        + " workspace names it in Carillon-Workspace, and its mode in Carillon-Mode (test where that is left out).")
interface CarillonApi {
    String BEARER = "bearer";
    String API_KEY = "api_key";
    String SESSION = "session";
}
