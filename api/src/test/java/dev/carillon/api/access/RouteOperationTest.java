package dev.carillon.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.limit.Operation;
import org.junit.jupiter.api.Test;

class RouteOperationTest {
    @Test
    void eachRouteIsCountedAsSomethingAndLooksAreNotCountedAsChanges() {
        for (var route : RouteAccess.TABLE.keySet()) {
            var operation = RouteOperation.of(route);

            assertThat(operation == Operation.READ || operation == Operation.ADMIN)
                    .as(route)
                    .isEqualTo(route.startsWith("GET ") || operation == Operation.ADMIN);
        }
    }

    @Test
    void theTableNamesNoRouteThatDoesNotExist() {
        assertThat(RouteAccess.TABLE).containsKeys(RouteOperation.TABLE.keySet().toArray(String[]::new));
    }

    @Test
    void postsAndBatchesAreCountedApart() {
        assertThat(RouteOperation.of("POST /v1/posts")).isEqualTo(Operation.POST);
        assertThat(RouteOperation.of("POST /v1/posts/batch")).isEqualTo(Operation.BATCH);
        assertThat(RouteOperation.of("PATCH /v1/posts/{id}")).isEqualTo(Operation.WRITE);
        assertThat(RouteOperation.of("GET /v1/posts/{id}")).isEqualTo(Operation.READ);
    }
}
