package dev.carillon.app.bench;

import dev.carillon.app.demo.ApiClient;
import dev.carillon.app.demo.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** How long a post takes from its request to {@code published} in the sandbox: one post after the other, on an idle machine. */
public final class PathBench {
    private static final int WARM_UP = 50;
    private static final int POSTS = 200;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ApiClient api;
    private final String account;
    private final Histogram micros = new Histogram(3);

    private PathBench(ApiClient api) {
        this.api = api;
        this.account =
                Field.text(api.post("/v1/accounts", Map.of("platform", "sandbox", "username", "bench")), "id", "");
    }

    /** Takes about a minute. */
    public static void main(String[] arguments) throws Exception {
        var folder = Files.createTempDirectory("carillon-bench");
        var data = folder.resolve("data");
        var command = List.of(System.getenv("CARILLON_LAUNCHER"), "up", "--port", "0", "--data", data.toString());
        try (var carillon = CarillonProcess.start(folder.resolve("up.log"), Map.of(), command)) {
            carillon.awaitReady();
            try (var api = new ApiClient(carillon.url(), testKey(data))) {
                new PathBench(api).run();
            }
        }
    }

    private static String testKey(Path data) throws Exception {
        var key = Pattern.compile("crl_test_[\\w-]+").matcher(Files.readString(data.resolve("credentials.json")));
        if (!key.find()) {
            throw new IllegalStateException("no test key in " + data);
        }
        return key.group();
    }

    private void run() {
        for (int post = 0; post < WARM_UP; post++) {
            publish();
        }
        for (int post = 0; post < POSTS; post++) {
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(publish()));
        }
        System.out.printf(
                "request to published, %d posts, ms: median %.1f, p95 %.1f, p99 %.1f, longest %.1f%n",
                POSTS, millis(50), millis(95), millis(99), millis(100));
    }

    private double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    private long publish() {
        long began = System.nanoTime();
        var post = api.post(
                "/v1/posts",
                Map.of(
                        "text",
                        "Benchmark " + began,
                        "targets",
                        List.of(Map.of("account_id", account)),
                        "publish",
                        "now"));
        var path = "/v1/posts/" + Field.text(post, "id", "");
        while (!Field.text(api.get(path), "status", "").equals("published")) {
            if (System.nanoTime() - began > LIMIT_NANOS) {
                throw new IllegalStateException(path + " was not published in time");
            }
            Thread.onSpinWait();
        }
        return System.nanoTime() - began;
    }
}
