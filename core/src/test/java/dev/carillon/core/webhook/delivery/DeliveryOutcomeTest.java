package dev.carillon.core.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.net.Bytes;
import dev.carillon.core.net.OutboundFailure;
import dev.carillon.core.net.OutboundFailure.Kind;
import dev.carillon.core.net.OutboundReply;
import dev.carillon.core.net.ReplyHeaders;
import dev.carillon.core.net.Timing;
import dev.carillon.core.webhook.delivery.DeliveryOutcome.BrokenOff;
import dev.carillon.core.webhook.delivery.DeliveryOutcome.Gone;
import dev.carillon.core.webhook.delivery.DeliveryOutcome.Refused;
import dev.carillon.core.webhook.delivery.DeliveryOutcome.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryOutcomeTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anyOfTheTwoHundredsIsASuccess(int status) {
        assertThat(outcome(status, null)).isEqualTo(new Taken());
    }

    // Following a redirect would send a signed body to an address that was never checked.
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 304})
    void aRedirectIsAFailure(int status) {
        assertThat(outcome(status, null)).isEqualTo(new Refused(null, false));
    }

    @Test
    void fourHundredAndTenIsForEver() {
        assertThat(outcome(410, "60")).isEqualTo(new Gone());
    }

    @ParameterizedTest
    @CsvSource({"429, true", "502, true", "503, true", "504, true", "500, false", "404, false", "400, false"})
    void someStatusesTellOfTooMuchToDo(int status, boolean busy) {
        assertThat(outcome(status, null)).isEqualTo(new Refused(null, busy));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 2026-11-28T12:02:00Z",
        "' 5 ', 2026-11-28T12:00:05Z",
        "0, 2026-11-28T12:00:00Z",
        "86401, 2026-11-29T12:00:00Z",
        "999999999999999999, 2026-11-29T12:00:00Z",
        "'Sat, 28 Nov 2026 12:30:00 GMT', 2026-11-28T12:30:00Z",
        "'Sun, 06 Nov 2050 08:49:37 GMT', 2026-11-29T12:00:00Z"
    })
    void aReceiverSaysWhenItWantsToBeCalledAgain(String header, Instant until) {
        assertThat(outcome(503, header)).isEqualTo(new Refused(until, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1.5", "9999999999999999999999", "Sat, 28 Nov 12:30:00 GMT", ""})
    void whatCannotBeUnderstoodIsAsIfItWereNotSaid(String header) {
        assertThat(outcome(429, header)).isEqualTo(new Refused(null, true));
    }

    @Test
    void noAnswerIsAFailureUnlessItWasOurs() {
        assertThat(outcome(new OutboundReply.NoAnswer(new OutboundFailure(Kind.DEADLINE, "late"))))
                .isEqualTo(new Refused(null, false));
        assertThat(outcome(new OutboundReply.NeverSent(new OutboundFailure(Kind.DNS, "unknown"))))
                .isEqualTo(new Refused(null, false));
        assertThat(outcome(new OutboundReply.NoAnswer(new OutboundFailure(Kind.INTERRUPTED, "stopped"))))
                .isEqualTo(new BrokenOff());
    }

    @ParameterizedTest
    @CsvSource({
        "6162, false, 4, ab",
        "6162636465, false, 4, abcd",
        // The euro sign has three bytes, the bell has four.
        "6162e282ac, false, 4, ab",
        "61e282ac62, false, 4, a€",
        "f09f9494, false, 4, 🔔",
        "61f09f9494, false, 4, a",
        "6162e282, true, 4, ab",
        "61006263, false, 4, a\uFFFDbc",
        "61ff, true, 4, a"
    })
    void anAnswerIsKeptUpToItsLastWholeCharacter(String hex, boolean truncated, int most, String kept) {
        var body = Bytes.of(java.util.HexFormat.of().parseHex(hex));
        var answer =
                new OutboundReply.Answered(500, new ReplyHeaders(Map.of()), body, truncated, new Timing(0, 0, 0, 0, 0));

        assertThat(ResponseExcerpt.of(answer, most)).isEqualTo(kept);
    }

    private static DeliveryOutcome outcome(int status, @Nullable String retryAfter) {
        var headers = retryAfter == null ? Map.<String, List<String>>of() : Map.of("Retry-After", List.of(retryAfter));
        return outcome(new OutboundReply.Answered(
                status, new ReplyHeaders(headers), Bytes.NONE, false, new Timing(0, 0, 0, 0, 0)));
    }

    private static DeliveryOutcome outcome(OutboundReply reply) {
        return DeliveryOutcome.of(reply, NOON, DAY);
    }
}
