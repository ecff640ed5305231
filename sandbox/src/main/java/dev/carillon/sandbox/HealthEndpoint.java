package dev.carillon.sandbox;

import dev.carillon.sandbox.http.Endpoint;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;
import io.micronaut.serde.annotation.Serdeable;

/** Reports that the process answers; it says nothing about the database behind it. */
final class HealthEndpoint implements Endpoint {
    @Override
    public Response answer(Request request) {
        return Response.json(200, new Health("ok"));
    }

    @Serdeable
    record Health(String status) {}
}
