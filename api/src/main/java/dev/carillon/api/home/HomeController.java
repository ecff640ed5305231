package dev.carillon.api.home;

import dev.carillon.api.http.Accepted;
import dev.carillon.api.http.PublicUrl;
import dev.carillon.api.input.AnyQuery;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Hidden;

/** Shows a page with its icon to browsers. A program that asks for JSON gets 404, as for any path without a route. */
@Controller
@Hidden
class HomeController {
    private static final MediaType SVG = MediaType.of("image/svg+xml");

    private final PublicUrl publicUrl;

    HomeController(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Get("/")
    @AnyQuery
    @Produces(MediaType.ALL)
    HttpResponse<String> home(HttpRequest<?> request) {
        if (!Accepted.types(request).prefersHtml()) {
            throw ErrorCode.ROUTE_NOT_FOUND.because(
                    "There is no route GET / for programs; the API reference is at /openapi.json. Browsers get a page here.");
        }
        return HttpResponse.ok(HomePage.of(publicUrl.origin(request)))
                .contentType(MediaType.TEXT_HTML_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header("Content-Security-Policy", HomePage.POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff");
    }

    @Get("/favicon.ico")
    @AnyQuery
    @Produces(MediaType.ALL)
    HttpResponse<String> icon() {
        return HttpResponse.ok(HomePage.ICON)
                .contentType(SVG)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header("X-Content-Type-Options", "nosniff");
    }
}
