package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {
    private static final Settings.Metrics ANY_PORT = new Settings.Metrics("127.0.0.1", 0);

    private final HttpClient http = HttpClient.newHttpClient();
    private ProcessMetrics metrics;

    @BeforeEach
    void start() {
        metrics = ProcessMetrics.start(ANY_PORT);
    }

    @AfterEach
    void stop() {
        metrics.close();
        http.close();
    }

    @Test
    void whatWasRecordedIsReadBesideWhatTheProcessItselfUses() throws Exception {
        metrics.registry().counter("carillon.things", "kind", "small").increment(3);

        var answer = send(request("/metrics"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("# TYPE carillon_things_total counter", "carillon_things_total{kind=\"small\"} 3.0")
                .contains("jvm_memory_used_bytes{area=\"heap\"", "jvm_threads_live_threads ", "process_cpu_usage ")
                .contains("jvm_gc_max_data_size_bytes ")
                .doesNotContain("# EOF");
    }

    @Test
    void whoAsksForOpenMetricsGetsThem() throws Exception {
        var answer = send(request("/metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"));

        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void thereIsNothingElseAndNothingToChange() throws Exception {
        assertThat(send(request("/")).statusCode()).isEqualTo(404);
        assertThat(send(request("/metricsx")).statusCode()).isEqualTo(404);
        assertThat(send(request("/metrics/x")).statusCode()).isEqualTo(404);
        var refused = send(request("/metrics").POST(BodyPublishers.ofString("carillon_things_total 7")));
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void aPortThatIsTakenIsRefusedWithTheSettingThatNamesIt() {
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> ProcessMetrics.start(new Settings.Metrics("127.0.0.1", metrics.port())))
                .withMessageContaining("CARILLON_METRICS_PORT")
                .withMessageContaining("port %d".formatted(metrics.port()))
                .withMessageContaining("in use");
        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> ProcessMetrics.start(new Settings.Metrics("no.such.host.invalid", 0)))
                .withMessageContaining("CARILLON_METRICS_HOST");
    }

    @Test
    void theProcessTakesItsPortWithIt() {
        var gone = ProcessMetrics.start(ANY_PORT);
        gone.close();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> send(HttpRequest.newBuilder(gone.url())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(metrics.url().resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
