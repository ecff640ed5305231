package dev.carillon.api.home;

import dev.carillon.api.access.RouteAccess;
import dev.carillon.core.kernel.ApiVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The page at {@code /}. It runs no script and loads nothing but its icon; its one style sheet is allowed by hash. */
final class HomePage {
    /** The icon, which browsers also request for other pages and replies. */
    static final String ICON = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\
            <rect width="32" height="32" rx="7" fill="#1d4ed8"/>\
            <path d="M16 6a1.6 1.6 0 0 1 1.6 1.6v.6c3.3.7 5.4 3.4 5.4 7v3.6l1.9 2.7c.5.7 0 1.5-.8 1.5H7.9c-.8 0-1.3-.8-.8-1.5L9 18.8v-3.6\
            c0-3.6 2.1-6.3 5.4-7v-.6A1.6 1.6 0 0 1 16 6zm-2.7 18.2h5.4a2.7 2.7 0 0 1-5.4 0z" fill="#fff"/></svg>
            """;

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#14213d;--soft:#53607a;--paper:#f7f8fb;--card:#fff;--line:#dfe3ec;--blue:#1d4ed8}
            @media(prefers-color-scheme:dark){:root{--ink:#e8ecf6;--soft:#a0abc2;--paper:#0d1321;--card:#151d30;--line:#27324b;--blue:#8ab0ff}}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",sans-serif}
            main{max-width:44rem;margin:0 auto;padding:clamp(2rem,10vh,6rem) 1.25rem 3rem}
            header{display:flex;align-items:center;gap:.9rem}
            header img{width:3rem;height:3rem}
            h1{font-size:2rem;line-height:1.2;letter-spacing:-.02em;margin:0}
            h2{font-size:.85rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:2.25rem 0 .75rem}
            header p{margin:0;color:var(--soft);font-size:.9rem}
            .lead{font-size:1.2rem;margin:1.75rem 0 0}
            pre{margin:0;padding:1rem 1.1rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;overflow-x:auto}
            code{font:.9rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
            ul{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:.75rem;background:var(--card);overflow:hidden}
            li+li{border-top:1px solid var(--line)}
            a{color:var(--blue)}
            li a{display:flex;flex-wrap:wrap;gap:.15rem 1rem;align-items:baseline;padding:.7rem 1.1rem;text-decoration:none}
            li a:hover,li a:focus-visible{background:color-mix(in srgb,var(--blue) 9%,transparent)}
            li code{min-width:9.5rem}
            li span{color:var(--soft);font-size:.95rem}
            @media(max-width:34rem){li a{flex-direction:column}}
            .note{color:var(--soft);font-size:.95rem;margin:.75rem 0 0}
            """;

    /** The Content Security Policy of the page. */
    static final String POLICY =
            "default-src 'none'; style-src '%s'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    .formatted(hash(STYLE));

    private record Link(String path, String words) {}

    private static final List<Link> LINKS = List.of(
            new Link("/openapi.json", "all routes, fields and events, as OpenAPI 3.1"),
            new Link("/v1/errors", "all error codes, with cause and fix"),
            new Link("/v1/platforms", "the rules of each platform"),
            new Link("/healthz", "whether this process is running"),
            new Link("/readyz", "whether it can serve requests"));

    private HomePage() {}

    /**
     * Renders the page.
     *
     * @param origin scheme, host and port by which the reader reaches the API
     */
    static String of(String origin) {
        var links = LINKS.stream()
                .filter(link -> RouteAccess.TABLE.containsKey("GET " + link.path()))
                .map(link -> "<li><a href=\"%1$s\"><code>%1$s</code><span>%2$s</span></a></li>"
                        .formatted(link.path(), link.words()))
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Carillon API</title>
                <link rel="icon" href="/favicon.ico" type="image/svg+xml">
                <style>%s</style>
                </head>
                <body>
                <main>
                <header><img src="/favicon.ico" alt=""><div><h1>Carillon</h1><p>API version %s</p></div></header>
                <p class="lead">Carillon publishes one post to all of your social accounts, exactly once on each. It schedules, retries and confirms every \
                publication, and tells you its outcome and the reason.</p>
                <h2>First request</h2>
                <pre><code>curl %s/v1/me \\
                  -H "Authorization: Bearer $CARILLON_API_KEY"</code></pre>
                <p class="note">The first start printed two keys. Requests with the test key publish on the sandbox only.</p>
                <h2>Reference</h2>
                <ul>
                %s
                </ul>
                </main>
                </body>
                </html>
                """.formatted(STYLE, ApiVersion.NEWEST.wireName(), escaped(origin), links);
    }

    /** Escapes the host, which the operator can set to anything. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String hash(String style) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
