package dev.carillon.core.net.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.net.Outbound;
import dev.carillon.core.net.OutboundConfig;
import dev.carillon.core.net.SystemResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublicAddressesTest {
    @Test
    void aNameWithPublicAddressesGivesThemAllInOrder() throws UnknownHostException {
        assertThat(leadingTo("8.8.8.8", "2001:4860:4860::8888").resolve("dns.example"))
                .containsExactly(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("2001:4860:4860::8888"));
    }

    @Test
    void onePrivateAddressSpoilsTheWholeAnswer() {
        var addresses = leadingTo("8.8.8.8", "10.0.0.1", "9.9.9.9");

        assertThatThrownBy(() -> addresses.resolve("mixed.example"))
                .isInstanceOf(ForbiddenAddressException.class)
                .hasMessageNotContaining("10.0.0.1");
    }

    @Test
    void anEmptyAnswerIsAnUnknownName() {
        var addresses = leadingTo();

        assertThatThrownBy(() -> addresses.resolve("nothing.example"))
                .isInstanceOf(UnknownHostException.class)
                .isNotInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void theSystemKnowsItself() throws UnknownHostException {
        try (var system = new SystemResolver(Outbound.config(List.of(), List.of(), ""))) {
            assertThat(system.resolve("localhost")).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
        }
    }

    @Test
    void theSystemIsNotWaitedForLongerThanConfigured() {
        var hasty = new OutboundConfig(List.of(), List.of(), "", Duration.ZERO, Duration.ofMillis(1), 1, 1);
        var never = new CompletableFuture<List<InetAddress>>();

        try (var silent = new SystemResolver(hasty, host -> never.join())) {
            assertThatThrownBy(() -> silent.resolve("localhost"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        } finally {
            never.complete(List.of());
        }
    }

    private static PublicAddresses leadingTo(String... addresses) {
        List<InetAddress> answer =
                Stream.of(addresses).map(InetAddress::ofLiteral).toList();
        return new PublicAddresses(host -> answer);
    }
}
