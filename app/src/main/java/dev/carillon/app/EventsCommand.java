package dev.carillon.app;

import dev.carillon.app.demo.Field;
import dev.carillon.app.events.EventFollower;
import dev.carillon.app.events.EventsRefused;
import dev.carillon.app.events.Follow;
import dev.carillon.app.events.Forwarder;
import dev.carillon.app.events.StreamedEvent;
import dev.carillon.core.kernel.Mode;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows events from a terminal. */
@Command(
        name = "events",
        description = "Follow events: print them, or forward them to a program under development",
        mixinStandardHelpOptions = true)
final class EventsCommand {
    private static final URI USUAL_URL = URI.create("http://127.0.0.1:8080");

    /** The options of both commands. */
    static final class Source {
        @Option(
                names = "--type",
                split = ",",
                description = "Only events of these types, such as publication.published,post.*; repeatable")
        private List<String> types = new ArrayList<>();

        @Option(names = "--post", description = "Only events of this post and its publications")
        private @Nullable String post;

        @Option(names = "--since", description = "Start after the event with this id (default: only new events)")
        private @Nullable String since;

        @Option(names = "--count", description = "Stop after this many events (default: never)")
        private long count = Long.MAX_VALUE;

        @Option(
                names = "--url",
                description =
                        "URL of the API (default: CARILLON_URL, then credentials.json, then http://127.0.0.1:8080)")
        private @Nullable URI url;

        @Option(
                names = "--key",
                description = "API key with the scope events.read (default: CARILLON_API_KEY, then credentials.json)")
        private @Nullable String key;

        @Option(
                names = "--mode",
                description = "Key of credentials.json to use: live or test (default: ${DEFAULT-VALUE})")
        private Mode mode = Mode.TEST;

        @Option(names = "--data", description = "Folder with credentials.json (default: ${DEFAULT-VALUE})")
        private Path data = Path.of(".carillon");

        private final Map<String, String> environment = System.getenv();

        Follow follow() {
            var kept = new DataFolder(data).credentials();
            var secret = key != null
                    ? key
                    : environment.getOrDefault(
                            "CARILLON_API_KEY",
                            kept.map(found -> mode == Mode.LIVE ? found.liveKey() : found.testKey())
                                    .orElse(""));
            if (secret.isEmpty()) {
                throw new EventsRefused(
                        "No API key. Pass --key, set CARILLON_API_KEY, or choose another folder with --data; there is no %s."
                                .formatted(new DataFolder(data).credentialsFile()));
            }
            return new Follow(base(kept.map(Credentials::baseUrl).orElse(USUAL_URL)), secret, types, post, since);
        }

        private URI base(URI otherwise) {
            if (url != null) {
                return url;
            }
            var named = environment.getOrDefault("CARILLON_URL", "");
            return named.isEmpty() ? otherwise : URI.create(named);
        }
    }

    @Command(name = "tail", description = "Print events as they happen, one per line", mixinStandardHelpOptions = true)
    static final class Tail implements Callable<Integer> {
        private final PrintWriter out;

        @Mixin
        private Source source = new Source();

        @Option(names = "--json", description = "Print complete events as JSON, one per line")
        private boolean json;

        Tail(PrintWriter out) {
            this.out = out;
        }

        @Override
        public Integer call() throws InterruptedException {
            var follower = new EventFollower(source.follow(), note -> System.err.println("# " + note));
            var left = new long[] {source.count};
            follower.run(event -> {
                out.println(json ? event.body() : line(event));
                return --left[0] > 0;
            });
            return 0;
        }
    }

    @Command(
            name = "listen",
            description = "Forward events to a program under development, signed like real webhooks",
            mixinStandardHelpOptions = true)
    static final class Listen implements Callable<Integer> {
        private final PrintWriter out;

        @Mixin
        private Source source = new Source();

        @Option(
                names = "--forward-to",
                required = true,
                description = "URL to forward to, such as http://localhost:3000/hook")
        private URI target = USUAL_URL;

        @Option(
                names = "--secret",
                description = "Signing secret (default: CARILLON_WEBHOOK_SECRET, otherwise a new one)")
        private String secret = System.getenv().getOrDefault("CARILLON_WEBHOOK_SECRET", "");

        @Option(names = "--allow-remote", description = "Allow a URL that is not on this machine")
        private boolean anywhere;

        Listen(PrintWriter out) {
            this.out = out;
        }

        @Override
        public Integer call() throws InterruptedException {
            var signing = secret.isEmpty() ? Forwarder.newSecret() : secret;
            var follow = source.follow();
            try (var forwarder = new Forwarder(target, signing, anywhere, Clock.systemUTC())) {
                // A secret that was given may belong to a real endpoint, and terminal output is stored in many places.
                out.println("Signing secret  " + (secret.isEmpty() ? signing : "as given"));
                out.println("Forwarding to   " + target + "   (Ctrl-C to quit)");
                var left = new long[] {source.count};
                new EventFollower(follow, note -> System.err.println("# " + note)).run(event -> {
                    out.println(now() + "  -->  " + line(event));
                    out.println(now() + "  <--  " + sent(forwarder, event));
                    return --left[0] > 0;
                });
            }
            return 0;
        }

        private static String sent(Forwarder forwarder, StreamedEvent event) {
            try {
                return forwarder.forward(event);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }

        private static String now() {
            return LocalTime.now(Clock.system(ZoneId.systemDefault()))
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
        }
    }

    /** One line for an event: time, type, object id, event id. */
    private static String line(StreamedEvent event) {
        try {
            var body = ObjectMapper.getDefault()
                    .readValue(event.body().getBytes(StandardCharsets.UTF_8), Argument.of(JsonNode.class));
            var data = body.get("data");
            var object = data == null ? null : data.get("object");
            return "%s  %-28s  %s  %s"
                    .formatted(
                            Field.text(body, "created_at", "-"),
                            event.type(),
                            object == null ? "-" : Field.text(object, "id", "-"),
                            event.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
