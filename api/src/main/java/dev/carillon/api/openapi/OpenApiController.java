package dev.carillon.api.openapi;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;

/** Serves the OpenAPI document. */
@Controller("/openapi.json")
@Hidden
class OpenApiController {
    private final OpenApiDocument document;

    OpenApiController(OpenApiDocument document) {
        this.document = document;
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<String> get() {
        // The document is the same for every caller: they may cache it, and revalidate it by its ETag.
        return HttpResponse.ok(document.text()).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
