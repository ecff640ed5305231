package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TestRedisTest {
    @Test
    void theSharedServerForgetsOnRequest() throws Exception {
        assertThat(ask(TestRedis.uri(), "SET bell rung")).isEqualTo("+OK");

        TestRedis.flush();

        assertThat(ask(TestRedis.uri(), "EXISTS bell")).isEqualTo(":0");
    }

    @Test
    void anOwnServerStopsAndComesBackOnItsPortWithoutDisturbingTheSharedOne() throws Exception {
        try (var redis = TestRedis.own()) {
            var uri = redis.address().uri();
            assertThat(ask(uri, "SET bell rung")).isEqualTo("+OK");

            redis.stop();
            assertThatThrownBy(() -> ask(uri, "PING")).isInstanceOf(IOException.class);
            assertThat(ask(TestRedis.uri(), "PING")).isEqualTo("+PONG");
            redis.start();

            assertThat(ask(uri, "EXISTS bell")).isEqualTo(":1");
            redis.wipe();
            assertThat(ask(uri, "EXISTS bell")).isEqualTo(":0");
        }
    }

    private static String ask(String uri, String command) throws IOException {
        var address = URI.create(uri);
        try (var socket = new Socket(address.getHost(), address.getPort());
                var reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return reader.readLine();
        }
    }
}
