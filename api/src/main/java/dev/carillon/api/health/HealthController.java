package dev.carillon.api.health;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Liveness and readiness of the process. Neither reveals anything about a tenant. */
@Controller
@Tag(name = "health")
class HealthController {
    private final Readiness readiness;

    HealthController(Readiness readiness) {
        this.readiness = readiness;
    }

    /** Answers 200 while the process is alive. Needs no key. */
    @Get("/healthz")
    HealthResponse isAlive() {
        return HealthResponse.ALIVE;
    }

    /**
     * Answers 200 while the process can serve requests, otherwise 503. Without Redis it is degraded but still serves. Needs
     * no key.
     */
    @Get("/readyz")
    @ExecuteOn(TaskExecutors.BLOCKING)
    @ApiResponse(
            responseCode = "200",
            description = "Ready.",
            content = @Content(schema = @Schema(implementation = ReadinessResponse.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Not ready.",
            content = @Content(schema = @Schema(implementation = ReadinessResponse.class)))
    HttpResponse<ReadinessResponse> isReady() {
        var now = readiness.now();
        return now.checks().database().equals("ok")
                ? HttpResponse.ok(now)
                : HttpResponse.<ReadinessResponse>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header("Retry-After", "2")
                        .body(now);
    }
}
