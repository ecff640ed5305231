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

    /** Check that the process is alive. Returns 200 while it is. Needs no key. */
    @Get("/healthz")
    HealthResponse isAlive() {
        return HealthResponse.ALIVE;
    }

    /**
     * Check that the process can serve requests. Returns 200 while it can, otherwise 503. Without Redis it is degraded but still serves
     * requests. Needs no key.
     */
    @Get("/readyz")
    @ExecuteOn(TaskExecutors.BLOCKING)
    @ApiResponse(
            responseCode = "200",
            description = "The process can serve requests.",
            content = @Content(schema = @Schema(implementation = ReadinessResponse.class)))
    @ApiResponse(
            responseCode = "503",
            description = "The process cannot serve requests.",
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
