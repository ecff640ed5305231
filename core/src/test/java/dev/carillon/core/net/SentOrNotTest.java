package dev.carillon.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.net.OutboundFailure.Kind;
import dev.carillon.core.net.OutboundReply.Answered;
import dev.carillon.core.net.OutboundReply.NeverSent;
import dev.carillon.core.net.OutboundReply.NoAnswer;
import dev.carillon.core.net.address.AddressRanges;
import dev.carillon.core.net.address.Cidr;
import dev.carillon.core.net.address.PublicAddresses;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** This decides whether a post may be sent again: a wrong NeverSent would publish it twice. */
@Timeout(60)
class SentOrNotTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final OutboundHttp http =
            Outbound.allowing(Outbound.LEADS_HOME, "127.0.0.1").http();

    @Test
    void aRefusedConnectionWasNeverSent() throws IOException {
        var closed = Trap.everywhere();
        closed.close();

        assertNeverSent(http.send(post(closed.url(), SOON)), Kind.CONNECT);
    }

    @Test
    void anUnknownNameWasNeverSent() {
        Resolver knowsNothing = host -> {
            throw new UnknownHostException(host);
        };
        var http = Outbound.allowing(knowsNothing).http();

        assertNeverSent(http.send(post("https://nowhere.example/", SOON)), Kind.DNS);
    }

    @Test
    void aNameThatLeadsHomeWasNeverSentAndItsAddressIsNotTold() {
        var reply = http.send(post("https://home.example/", SOON));

        assertNeverSent(reply, Kind.FORBIDDEN_ADDRESS);
        assertThat(((NeverSent) reply).failure().message())
                .isEqualTo("home.example:443 does not resolve to a public address.");
    }

    @Test
    void aFailedHandshakeWasNeverSent() throws IOException {
        try (var plain = Trap.behaving(SentOrNotTest::withoutTls)) {
            assertNeverSent(http.send(post("https://127.0.0.1:" + plain.port() + "/", SOON)), Kind.TLS);
        }
    }

    @Test
    void aHandshakeThatHangsIsCutAtTheDeadlineAndWasNeverSent() throws IOException {
        try (var silent = Trap.behaving(SentOrNotTest::listenOnly)) {
            assertNeverSent(http.send(post("https://127.0.0.1:" + silent.port() + "/", SHORT)), Kind.DEADLINE);
        }
    }

    @Test
    void aDeadlineThatHasPassedOpensNoConnection() throws IOException {
        try (var trap = Trap.behaving(Trap.saying(OK))) {
            assertNeverSent(http.send(post(trap.url(), Duration.ZERO)), Kind.DEADLINE);

            assertThat(trap.visits()).isZero();
        }
    }

    @Test
    void aDeadlineThatPassesWhileTheNameIsLookedUpIsSeenBeforeAnythingIsWritten() throws IOException {
        var received = new CompletableFuture<Integer>();
        try (var trap = Trap.behaving(
                socket -> received.complete(socket.getInputStream().read()))) {
            var deadline = Deadline.in(SHORT);
            Resolver slow = host -> {
                await().until(deadline::passed);
                return List.of(Outbound.HOME);
            };
            var url = "http://slow.example:" + trap.port() + "/";
            var request = OutboundRequest.get(Purpose.PLATFORM, url, deadline);

            assertNeverSent(Outbound.allowing(slow, "slow.example").http().send(request), Kind.DEADLINE);
            assertThat(trap.visits() == 0 || received.join() == -1).isTrue();
        }
    }

    @Test
    void theLastCheckLetsOnlyOneWriteThroughAndNoneAfterTheDeadline() {
        var inTime = new CallTrace(Deadline.in(SOON));
        var late = new CallTrace(Deadline.in(Duration.ZERO));

        assertThat(catchThrowable(inTime::writing)).isNull();
        assertThat(catchThrowable(inTime::writing)).isInstanceOf(IOException.class);
        assertThat(catchThrowable(late::writing)).isInstanceOf(IOException.class);
        assertThat(late.written()).isFalse();
    }

    @Test
    void aConnectionThatEndsBeforeTheAnswerMayHaveArrived() throws IOException {
        try (var trap = Trap.behaving(Trap::readHead)) {
            assertNoAnswer(http.send(post(trap.url(), SOON)), Kind.CUT);

            assertThat(trap.visits()).isEqualTo(1);
        }
    }

    // The server resets only after the first byte: with a reset while connecting, nothing would have been written.
    @Test
    void aConnectionThatIsResetOnceSomethingWasWrittenMayHaveArrived() throws IOException {
        try (var trap = Trap.behaving(socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        })) {
            assertThat(http.send(post(trap.url(), SOON))).isInstanceOf(NoAnswer.class);

            assertThat(trap.visits()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerCutInItsBodyIsNoAnswer() throws IOException {
        try (var trap = Trap.behaving(Trap.saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"))) {
            assertNoAnswer(http.send(post(trap.url(), SOON)), Kind.CUT);
        }
    }

    @Test
    void anAnswerThatIsNotHttpIsNoAnswer() throws IOException {
        try (var trap = Trap.behaving(Trap.saying("SSH-2.0-OpenSSH_9.2\r\n\r\n"))) {
            assertNoAnswer(http.send(post(trap.url(), SOON)), Kind.CUT);
        }
    }

    @Test
    void anAnswerWithEndlessHeadersIsNoAnswer() throws IOException {
        try (var trap = Trap.behaving(socket -> drip(socket, "X-Header: " + "a".repeat(8000) + "\r\n", 0))) {
            assertNoAnswer(http.send(post(trap.url(), SOON)), Kind.CUT);
        }
    }

    @Test
    void silenceIsCutAtTheDeadline() throws IOException {
        try (var trap = Trap.behaving(SentOrNotTest::listenOnly)) {
            var deadline = Deadline.in(SHORT);

            assertNoAnswer(http.send(post(trap.url(), SHORT)), Kind.DEADLINE);
            assertThat(deadline.left()).isGreaterThan(Duration.ofSeconds(-3));
        }
    }

    @Test
    void anAnswerThatDripsIsCutAtTheDeadline() throws IOException {
        var head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
        try (var trap = Trap.behaving(socket -> {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            drip(socket, "a", 20);
        })) {
            assertNoAnswer(http.send(post(trap.url(), SHORT)), Kind.DEADLINE);
        }
    }

    @Test
    void aKeptConnectionThatHasDiedIsNotReplacedBehindOurBack() throws IOException {
        var requests = new AtomicInteger();
        try (var trap = Trap.behaving(socket -> {
            Trap.saying(OK).serve(socket);
            Trap.readHead(socket);
            requests.incrementAndGet();
        })) {
            assertThat(http.send(post(trap.url(), SOON))).isInstanceOf(Answered.class);
            assertNoAnswer(http.send(post(trap.url(), SOON)), Kind.CUT);

            assertThat(requests).hasValue(1);
            assertThat(trap.visits()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedCallMayHaveArrived() throws IOException {
        try (var trap = Trap.behaving(SentOrNotTest::listenOnly)) {
            var reply = new CompletableFuture<OutboundReply>();
            var caller = Thread.ofVirtual().start(() -> reply.complete(http.send(post(trap.url(), SOON))));
            await().until(() -> trap.visits() == 1);

            await().until(() -> {
                caller.interrupt();
                return reply.isDone();
            });

            assertThat(reply.join()).isNotInstanceOf(Answered.class);
        }
    }

    /** Otherwise a name could resolve to a public address for the check and to a private one for the connection. */
    @Test
    void aNameIsResolvedOnceAndTheConnectionGoesToTheAddressThatWasChecked() throws IOException {
        var privateBlock = new AddressRanges(List.of(Cidr.parse("127.0.0.2/32")));
        var answers = new ArrayDeque<>(List.of("127.0.0.1", "127.0.0.2", "127.0.0.2"));
        Resolver rebinding = host -> List.of(InetAddress.ofLiteral(answers.remove()));
        try (var checked = Trap.behaving(SentOrNotTest::withoutTls);
                var forbidden = Trap.on("127.0.0.2", checked.port(), Trap.saying(OK))) {
            var addresses = new PublicAddresses(rebinding, privateBlock);
            var http = new Outbound(Outbound.config(List.of(), List.of(), ""), addresses).http();
            var url = "https://rebind.example:" + checked.port() + "/";

            var first = http.send(post(url, SOON));
            assertThat(answers).hasSize(2);
            var second = http.send(post(url, SOON));

            assertNeverSent(first, Kind.TLS); // reached the TLS handshake with the checked address
            assertNeverSent(second, Kind.FORBIDDEN_ADDRESS);
            assertThat(answers).hasSize(1);
            assertThat(checked.visits()).isEqualTo(1);
            assertThat(forbidden.visits()).isZero();
        }
    }

    @Test
    void aPublicNameThatLeadsToThisMachineDoesNotReachItsOwnPorts() throws IOException {
        var everythingIsPublic = new PublicAddresses(Outbound.LEADS_HOME, new AddressRanges(List.of()));
        try (var own = Trap.behaving(Trap.saying(OK))) {
            var config = Outbound.config(List.of(), List.of(own.port()), "");
            var http = new Outbound(config, everythingIsPublic).http();

            assertNeverSent(http.send(post("https://us.example:" + own.port() + "/", SOON)), Kind.FORBIDDEN_ADDRESS);
            assertThat(own.visits()).isZero();
        }
    }

    private static OutboundRequest post(String url, Duration deadline) {
        return OutboundRequest.post(Purpose.PLATFORM, url, "text/plain", Bytes.utf8("hello"), Deadline.in(deadline));
    }

    private static void assertNeverSent(OutboundReply reply, Kind kind) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        NeverSent.class, it -> assertThat(it.failure().kind()).isEqualTo(kind));
    }

    private static void assertNoAnswer(OutboundReply reply, Kind kind) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        NoAnswer.class, it -> assertThat(it.failure().kind()).isEqualTo(kind));
    }

    private static void listenOnly(Socket socket) throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Answers a TLS handshake with plain HTTP. */
    private static void withoutTls(Socket socket) throws IOException {
        socket.getInputStream().read();
        socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes the same bytes again and again until the other side hangs up. */
    private static void drip(Socket socket, String drop, long everyMillis) throws IOException {
        var bytes = drop.getBytes(StandardCharsets.US_ASCII);
        while (true) {
            socket.getOutputStream().write(bytes);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(everyMillis));
        }
    }
}
