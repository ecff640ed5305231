package dev.carillon.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The metrics of this process and the port where Prometheus fetches them, in a process of any role, from before the
 * rest starts until after it has stopped.
 */
final class ProcessMetrics implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_1 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer http;

    private ProcessMetrics(HttpServer http) {
        this.http = http;
    }

    /**
     * Starts listening.
     *
     * @throws StartRefused if nothing can listen there
     */
    static ProcessMetrics start(Settings.Metrics settings) {
        try {
            var address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
            var metrics = new ProcessMetrics(HttpServer.create(address, 0));
            metrics.measure();
            metrics.serve();
            return metrics;
        } catch (UnknownHostException e) {
            throw new StartRefused("CARILLON_METRICS_HOST is not an address of this machine: " + settings.host(), e);
        } catch (IOException e) {
            throw new StartRefused(
                    "Metrics cannot be served on port %d of %s: %s. Set CARILLON_METRICS_PORT to another port, or stop the program that uses it."
                            .formatted(settings.port(), settings.host(), e.getMessage()),
                    e);
        }
    }

    private void measure() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private void serve() {
        http.createContext("/", this::answer);
        http.setExecutor(threads);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!Objects.equals(exchange.getRequestURI().getPath(), PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
            } else {
                scrape(exchange);
            }
        }
    }

    private void scrape(HttpExchange exchange) throws IOException {
        var accepted = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
        var type = accepted.stream().anyMatch(types -> types.contains(OPEN_METRICS)) ? OPEN_METRICS_1 : TEXT;
        var body = new ByteArrayOutputStream();
        registry.scrape(body, type);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.size());
        body.writeTo(exchange.getResponseBody());
    }

    /** Where the parts of this process record their metrics. */
    MeterRegistry registry() {
        return registry;
    }

    int port() {
        return http.getAddress().getPort();
    }

    /** The URL to fetch them from this machine. */
    URI url() {
        var address = http.getAddress().getAddress();
        var host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create("http://%s:%d%s".formatted(host.contains(":") ? "[" + host + "]" : host, port(), PATH));
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
        collections.close();
        registry.close();
    }
}
