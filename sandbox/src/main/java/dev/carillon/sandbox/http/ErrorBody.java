package dev.carillon.sandbox.http;

import io.micronaut.serde.annotation.Serdeable;

@Serdeable
record ErrorBody(Detail error) {
    @Serdeable
    record Detail(String code, String message) {}
}
