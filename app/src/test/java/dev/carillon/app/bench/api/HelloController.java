package dev.carillon.app.bench.api;

import dev.carillon.core.kernel.Wire;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;

/** The baselines in the same server: hello, and hello after one query in the same pool. Only the benchmark's process has these routes. */
@Hidden
@Controller("/bench")
@Requires(property = HelloController.WANTED, value = "true")
@ExecuteOn(TaskExecutors.BLOCKING)
class HelloController {
    static final String WANTED = "carillon.bench.hello";

    private final HelloQueries queries;

    HelloController(HelloQueries queries) {
        this.queries = queries;
    }

    @Wire
    record Hello(String text) {}

    @Get("/hello")
    Hello hello() {
        return new Hello("hello");
    }

    @Get("/hello/{id}")
    Hello helloAfterSelect(UUID id) {
        return new Hello(queries.text(id));
    }
}
