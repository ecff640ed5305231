import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Publishes one post through Carillon and prints its link.
 *
 * <pre>CARILLON_URL=http://127.0.0.1:8080 CARILLON_API_KEY=crl_test_... java Publish.java "Hello from Java"</pre>
 *
 * Needs Java 21 or newer and no library. Exits with 0 when the post is published, otherwise with 1.
 */
public class Publish {
    private static final String URL =
            System.getenv().getOrDefault("CARILLON_URL", "http://127.0.0.1:8080").replaceFirst("/+$", "");
    private static final String KEY = System.getenv().getOrDefault("CARILLON_API_KEY", "");

    private static final int ATTEMPTS = 5;
    private static final int WAIT_SECONDS = 30; // how long Carillon waits for the outcome before it replies; at most 60
    private static final Set<Integer> TEMPORARY = Set.of(429, 502, 503, 504);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Carillon understood the request and refused it, or the post was not published. */
    private static class Refused extends Exception {
        Refused(String message) {
            super(message);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        var text = arguments.length > 0
                ? arguments[0]
                : "Hello from Java at " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            // In test mode, an account needs only a username. Connecting the same username again returns the same account.
            var account = call("/v1/accounts", "{\"platform\": \"sandbox\", \"username\": \"example\"}", null);
            System.out.println(publish(text, string("id", account.body()).orElseThrow()));
        } catch (Refused refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    /** Publishes the text and returns its link. */
    private static String publish(String text, String accountId) throws Refused, InterruptedException {
        var post = """
                {"text": %s, "targets": [{"account_id": "%s"}], "publish": "now", "wait": %d}
                """.formatted(quoted(text), accountId, WAIT_SECONDS);
        // One key per post, created before the first attempt: repeated requests with the same key create one post only.
        // Use an id from your own data, such as "release-42", to be safe across restarts of your program too.
        var key = UUID.randomUUID().toString();
        var accepted = call("/v1/posts", post, key);
        for (int attempt = 1; accepted.statusCode() == 202 && attempt < ATTEMPTS; attempt++) {
            // 202: not finished yet, for example because the platform asked for a pause. The same request waits again.
            accepted = call("/v1/posts", post, key);
        }
        var reply = accepted.body();
        var permalink = string("permalink", reply);
        if (permalink.isPresent()) {
            return permalink.get();
        }
        var status = string("status", reply).orElse("unknown");
        throw new Refused(explain(reply, "The post is " + status + "; check it again later."));
    }

    /** Sends a request and returns its reply. Retries after network errors and temporary refusals. */
    private static HttpResponse<String> call(String path, String body, String idempotencyKey)
            throws Refused, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(URL + path))
                .timeout(Duration.ofSeconds(WAIT_SECONDS + 15))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        var reason = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            long pause = 1L << (attempt - 1);
            try {
                var reply = HTTP.send(request.build(), BodyHandlers.ofString());
                if (reply.statusCode() < 300) {
                    return reply;
                }
                reason = explain(reply.body(), URL + " answered " + reply.statusCode() + ".");
                boolean inProgress = string("code", reply.body()).filter("idempotency_in_progress"::equals).isPresent();
                if (!TEMPORARY.contains(reply.statusCode()) && !inProgress) {
                    throw new Refused(reason);
                }
                pause = reply.headers().firstValueAsLong("Retry-After").orElse(pause);
            } catch (IOException e) { // no connection, no answer, or an incomplete answer
                reason = URL + " did not answer: " + e;
            }
            if (attempt < ATTEMPTS) {
                Thread.sleep(Duration.ofSeconds(pause));
            }
        }
        throw new Refused(reason);
    }

    /** What is wrong, also in the platform's words if it gave any, and what to do about it. */
    private static String explain(String reply, String otherwise) {
        var lines = Stream.of("message", "platform_message", "suggested_action")
                .flatMap(field -> string(field, reply).stream())
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? otherwise : lines;
    }

    /** The first string with this name. The JDK has no JSON parser; in your own program, use a library such as Jackson. */
    private static Optional<String> string(String name, String json) {
        var field = Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        return field.find() ? Optional.of(unescaped(field.group(1))) : Optional.empty();
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)").matcher(text).replaceAll(escape ->
                Matcher.quoteReplacement(switch (escape.group(1).charAt(0)) {
                    case 'n' -> "\n";
                    case 't' -> "\t";
                    case 'u' -> String.valueOf((char) Integer.parseInt(escape.group(2), 16));
                    default -> escape.group(1);
                }));
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> c == '"' || c == '\\' || c < ' ' ? "\\u%04x".formatted(c) : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
