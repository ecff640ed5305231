package dev.carillon.localservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RedisAddressTest {
    private static final RedisAddress ADDRESS = new RedisAddress("127.0.0.1", 6379, "me", "p@s s/+:%");

    @Test
    void theUriContainsTheLoginEncoded() {
        var uri = URI.create(ADDRESS.uri());

        assertThat(uri.getRawUserInfo()).isEqualTo("me:p%40s%20s%2F%2B%3A%25");
        assertThat(uri.getUserInfo()).isEqualTo("me:p@s s/+:%");
        assertThat(uri.getHost()).isEqualTo("127.0.0.1");
        assertThat(uri.getPort()).isEqualTo(6379);
    }

    @Test
    void aProxyIsReachedWithTheSameLogin() {
        assertThat(ADDRESS.uri("localhost:7000")).isEqualTo("redis://me:p%40s%20s%2F%2B%3A%25@localhost:7000");
    }

    @Test
    void neitherTheAddressNorALoginCommandShowsThePassword() {
        assertThat(ADDRESS).hasToString("me@127.0.0.1:6379");
        assertThat(RedisCommand.of("AUTH", "me", "hush")).hasToString("AUTH");
        assertThat(new RedisLogin("hush").toString()).doesNotContain("hush");
        assertThat(new RedisLogin("hush").settings()).doesNotContain("hush");
    }
}
