package dev.carillon.core.net;

import static dev.carillon.core.net.Outbound.LEADS_HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.net.OutboundFailure.Kind;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.address.ForbiddenAddressException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** If one of these URLs got through, a tenant could make the service call its own database, internal hosts or the cloud's metadata. */
class BypassCorpusTest {
    private static final Trap TRAP = Trap.everywhere();
    private static final Set<Kind> BY_THE_GUARD = Set.of(Kind.BAD_URL, Kind.FORBIDDEN_PORT, Kind.FORBIDDEN_ADDRESS);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** Reads odd address notations as the JVM does, and resolves every other name to loopback. */
    private static final Resolver JVM_OR_HOME = host ->
            host.matches("[0-9a-fA-FxX.:]+") ? List.of(InetAddress.getAllByName(host)) : LEADS_HOME.resolve(host);

    private final OutboundHttp http = Outbound.allowing(LEADS_HOME).http();

    static List<String> corpus() throws IOException {
        try (var file = Objects.requireNonNull(BypassCorpusTest.class.getResourceAsStream("bypass-corpus.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("== "))
                    .map(BypassCorpusTest::unescape)
                    .map(line -> line.replace("{port}", Integer.toString(TRAP.port())))
                    .toList();
        }
    }

    private static String unescape(String line) {
        var unicode = Pattern.compile("\\\\u([0-9a-f]{4})");
        return unicode.matcher(line)
                .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)))
                .translateEscapes();
    }

    /** The corpus over plain HTTP, so that the scheme is not the only reason for a refusal. */
    static Stream<HttpUrl> parseable() throws IOException {
        return corpus().stream()
                .map(url -> url.replaceFirst("(?i)^https:", "http:"))
                .map(HttpUrl::parse)
                .filter(Objects::nonNull)
                // These are public addresses: the JVM reads 0177, the octal form of 127, as 177.
                .filter(url -> !url.host().matches("93\\.184.*|0+177\\..*"));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void aBypassIsRefusedBeforeAnyConnection(String url) {
        var reply = http.send(OutboundRequest.get(Purpose.WEBHOOK, url, Deadline.in(DEADLINE)));

        assertThat(reply).isInstanceOfSatisfying(NeverSent.class, refused -> assertThat(
                        refused.failure().kind())
                .isIn(BY_THE_GUARD));
    }

    @ParameterizedTest
    @MethodSource("parseable")
    void theConnectionItselfIsRefusedEvenIfTheUrlWasNeverJudged(HttpUrl url) {
        var call = unjudged(JVM_OR_HOME).newCall(request(url));
        call.timeout().timeout(5, TimeUnit.SECONDS);

        assertThatThrownBy(() -> execute(call))
                .isInstanceOf(IOException.class)
                .satisfiesAnyOf(
                        trouble -> assertThat(trouble).isInstanceOf(ForbiddenAddressException.class),
                        trouble -> assertThat(trouble).hasRootCauseInstanceOf(ForbiddenAddressException.class),
                        trouble -> assertThat(trouble).isInstanceOf(UnknownHostException.class));
    }

    @Test
    void theTrapWouldHaveCaughtThem() throws IOException {
        try (var trap = Trap.everywhere()) {
            var open = Outbound.allowing(LEADS_HOME, "127.0.0.1", "hooks.example.com")
                    .http();

            for (var host : List.of("127.0.0.1", "hooks.example.com")) {
                open.send(OutboundRequest.get(
                        Purpose.WEBHOOK, "http://" + host + ":" + trap.port(), Deadline.in(DEADLINE)));
            }

            assertThat(trap.visits()).isEqualTo(2);
        }
    }

    @Test
    void theCorpusIsLarge() throws IOException {
        assertThat(corpus()).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    }

    @AfterAll
    static void nobodyCame() throws IOException {
        try (TRAP) {
            assertThat(TRAP.visits()).isZero();
        }
    }

    private static OkHttpClient unjudged(Resolver resolver) {
        var outbound = Outbound.allowing(resolver);
        return new OutboundClients(outbound.addresses(), outbound.allowList(), outbound.config())
                .of(Purpose.WEBHOOK, false);
    }

    private static Request request(HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .tag(CallTrace.class, new CallTrace(Deadline.in(DEADLINE)))
                .build();
    }

    private static void execute(Call call) throws IOException {
        call.execute().close();
    }
}
