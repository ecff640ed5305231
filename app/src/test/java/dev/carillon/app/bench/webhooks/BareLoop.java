package dev.carillon.app.bench.webhooks;

import dev.carillon.app.bench.server.RoleProcess;
import dev.carillon.core.net.Bytes;
import dev.carillon.core.net.Deadline;
import dev.carillon.core.net.OutboundHttp;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.OutboundRequest;
import dev.carillon.core.net.Purpose;
import dev.carillon.testkit.ChildJvm;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The same client in a loop: no events, no claims, no signatures, no rows. It runs in a separate JVM with the launcher's options, like the
 * dispatch process.
 */
final class BareLoop {
    private static final String DONE = "bare loop: (\\d+) in (\\d+) micros";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final String BODY =
            "{\"id\":\"bare\",\"object\":\"event\",\"data\":{\"object\":{\"text\":\"%s\"}}}".formatted("x".repeat(450));

    private BareLoop() {}

    /**
     * Runs a loop after a warm-up.
     *
     * @param threads each of which sends its next request when it has the answer to the previous one
     * @return requests a second
     */
    static double run(URI receiver, int threads, int warmUp, int requests) {
        try (var jvm = ChildJvm.of(BareLoop.class)
                .withJvmArguments(RoleProcess.jvmOptions(List.of("-Dlogback.configurationFile=logback-bench.xml")))
                .withArguments(
                        receiver.toString(),
                        Integer.toString(threads),
                        Integer.toString(warmUp),
                        Integer.toString(requests))
                .start()) {
            var done = jvm.awaitLine(DONE, LIMIT);
            return Long.parseLong(done.group(1)) / (Long.parseLong(done.group(2)) / 1e6);
        }
    }

    /** The other JVM's main method. Arguments: receiver, threads, warm-up requests, measured requests. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        var url = arguments[0];
        int threads = Integer.parseInt(arguments[1]);
        try (var context = ApplicationContext.builder()
                .properties(Map.of("carillon.outbound.allow", URI.create(url).getAuthority()))
                .start()) {
            var http = context.getBean(OutboundHttp.class);
            send(http, url, threads, Integer.parseInt(arguments[2]));
            int requests = Integer.parseInt(arguments[3]);
            long began = System.nanoTime();
            send(http, url, threads, requests);
            System.out.printf(
                    "bare loop: %d in %d micros%n",
                    requests, Duration.ofNanos(System.nanoTime() - began).toNanos() / 1_000);
        }
    }

    private static void send(OutboundHttp http, String url, int threads, long requests)
            throws InterruptedException, ExecutionException {
        var left = new AtomicLong(requests);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        send(http, url);
                    }
                }));
            }
            for (var one : all) {
                one.get();
            }
        }
    }

    private static void send(OutboundHttp http, String url) {
        var request = OutboundRequest.post(
                        Purpose.WEBHOOK, url, "application/json", Bytes.utf8(BODY), Deadline.in(TIMEOUT))
                .withHeader("webhook-id", "evt_00000000000000000000000000")
                .withHeader("webhook-timestamp", "1795863600")
                .withHeader("webhook-signature", "v1,MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=");
        if (!(http.send(request) instanceof OutboundReply.Answered answer && answer.ok())) {
            throw new IllegalStateException("the receiver did not accept a request");
        }
    }
}
