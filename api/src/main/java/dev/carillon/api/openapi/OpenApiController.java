package dev.carillon.api.openapi;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;

/** Serves the API's description. */
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
        // It is the same for everybody: to be kept, and asked for again by its ETag.
        return HttpResponse.ok(document.text()).header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }
}
