package dev.carillon.api.http;

import dev.carillon.core.kernel.ApiException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.function.Supplier;

/** A small page for a person: a heading, a few words, perhaps one button. It runs no script, loads nothing, and cannot be framed. */
public record HtmlPage(String heading, String words, String button) {
    private static final String NO_BUTTON = "";

    /** A page with text only. */
    public static HtmlPage saying(String heading, String words) {
        return new HtmlPage(heading, words, NO_BUTTON);
    }

    /** Whether the caller is a person's browser, which shows pages. */
    public static boolean isWanted(HttpRequest<?> request) {
        return request.accept().stream().anyMatch(MediaType.TEXT_HTML_TYPE::equals);
    }

    /**
     * The reply of {@code work}; if it is refused and a person's browser asked, the refusal as a page.
     *
     * @param heading of that page
     */
    public static HttpResponse<String> forErrors(
            HttpRequest<?> request, String heading, Supplier<HttpResponse<String>> work) {
        try {
            return work.get();
        } catch (ApiException exception) {
            if (isWanted(request)) {
                return saying(heading, exception.detail())
                        .as(HttpStatus.valueOf(exception.code().status()));
            }
            throw exception;
        }
    }

    /** Renders the page; its button sends an empty form to the page's own address. */
    public MutableHttpResponse<String> as(HttpStatus status) {
        var form = button.isEmpty() ? "" : "<form method=\"post\"><button>" + escaped(button) + "</button></form>";
        return HttpResponse.<String>status(status)
                .contentType(MediaType.TEXT_HTML_TYPE)
                // Sends the origin with our own forms, and a link's token to no other site.
                .header("Referrer-Policy", "same-origin")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .body("""
                        <!doctype html>
                        <html lang="en">
                        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
                        <title>%1$s</title>
                        <style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}
                        button{font:inherit;padding:.6rem 1.4rem}</style></head>
                        <body><h1>%1$s</h1><p>%2$s</p>%3$s</body>
                        </html>
                        """.formatted(escaped(heading), escaped(words), form));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
