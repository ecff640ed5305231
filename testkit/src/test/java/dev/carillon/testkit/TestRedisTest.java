package dev.carillon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.localservers.RedisAddress;
import dev.carillon.localservers.RedisCommand;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TestRedisTest {
    @Test
    void theSharedServerForgetsOnRequest() throws Exception {
        var shared = TestServers.shared().redis();
        assertThat(ask(shared, "SET", "bell", "rung")).isEqualTo("+OK");

        TestRedis.flush();

        assertThat(ask(shared, "EXISTS", "bell")).isEqualTo(":0");
    }

    @Test
    void anOwnServerStopsAndComesBackOnItsPortWithoutDisturbingTheSharedOne() throws Exception {
        try (var redis = TestRedis.own()) {
            var address = redis.address();
            assertThat(ask(address, "SET", "bell", "rung")).isEqualTo("+OK");

            redis.stop();
            assertThatThrownBy(() -> ask(address, "PING")).isInstanceOf(IOException.class);
            assertThat(ask(TestServers.shared().redis(), "PING")).isEqualTo("+PONG");
            redis.start();

            assertThat(ask(address, "EXISTS", "bell")).isEqualTo(":1");
            redis.wipe();
            assertThat(ask(address, "EXISTS", "bell")).isEqualTo(":0");
        }
    }

    private static String ask(RedisAddress address, String... words) throws IOException {
        return RedisCommand.of(words).sendTo(address);
    }
}
