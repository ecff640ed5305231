package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.ErrorCode;
import dev.carillon.core.net.BodyTrace;
import dev.carillon.core.net.Exchange;
import dev.carillon.core.platform.Failure;
import dev.carillon.core.platform.PublishOutcome;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AttemptsOverHttpTest {
    private static ApiServer api;
    private static SimulatedWorker worker;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        worker = new SimulatedWorker(api.carillon());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void anAttemptTellsItsStartItsEndAndWhatPassedBetweenUsAndThePlatform() {
        var publication = api.post("/v1/posts", postBody(api.account("tried"), "hello", "\"now\""))
                .ids("publications")
                .getFirst();
        var text = Map.<String, Object>of("/text", Map.of("length", 5, "sha256", "2cf24dba5fb0a30e"), "/count", 3);
        worker.publish(
                publication,
                new PublishOutcome.Rejected(
                        Failure.of(ErrorCode.PLATFORM_REJECTED, "The platform said no.", "Not today.")),
                new Exchange(
                        "POST",
                        "platform.example",
                        "/posts",
                        422,
                        null,
                        12,
                        new BodyTrace(17, "0123456789abcdef", text),
                        new BodyTrace(2, "fedcba9876543210", Map.of("/error", "no")),
                        "req-7"),
                new Exchange(
                        "GET",
                        "platform.example",
                        "/posts",
                        null,
                        "no_answer: deadline",
                        30_000,
                        new BodyTrace(0, null, Map.of()),
                        null,
                        null));

        var attempts = api.get("/v1/publications/%s/attempts".formatted(publication));

        assertThat(attempts.status()).isEqualTo(200);
        assertThat(attempts.text())
                .contains("\"outcome\":\"rejected\",\"code\":\"platform_rejected\"")
                .contains("\"platform_message\":\"Not today.\",\"platform_request_id\":\"req-7\"")
                .contains("\"started_at\":\"20", "\"ended_at\":\"20", "\"status\":422", "\"duration_ms\":12")
                .contains("\"/text\":{", "\"sha256\":\"2cf24dba5fb0a30e\"", "\"/count\":3", "\"/error\":\"no\"")
                .contains("\"trouble\":\"no_answer: deadline\"", "\"response\":null");
    }
}
