package dev.carillon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.sandbox.http.HttpErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
    @ParameterizedTest
    @EnumSource
    void everyKindHasAMarkerThatStrikesOnce(FaultKind kind) {
        assertThat(Marker.in("Hello [sandbox:%s] there".formatted(kind.wireName())))
                .contains(new Marker(Trouble.usual(kind), 1));
    }

    @Test
    void aMarkerSaysHowLongAndHowOften() {
        assertThat(Marker.in("[sandbox:rate_limited seconds=60 times=2]"))
                .contains(new Marker(new Trouble(FaultKind.RATE_LIMITED, 60), 2));
        assertThat(Marker.in("[sandbox:server_error times=all]"))
                .contains(new Marker(Trouble.usual(FaultKind.SERVER_ERROR), Marker.EVERY_TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "[sandbox", "sandbox:hang", "[ sandbox:hang]"})
    void anyOtherTextHasNone(String text) {
        assertThat(Marker.in(text)).isEmpty();
    }

    @Test
    void theFirstOfSeveralCounts() {
        assertThat(Marker.in("[sandbox:hang][sandbox:duplicate]"))
                .contains(new Marker(Trouble.usual(FaultKind.HANG), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[sandbox:]",
                "[sandbox:nonsense]",
                "[sandbox:hang seconds=0]",
                "[sandbox:hang seconds=121]",
                "[sandbox:duplicate seconds=1]",
                "[sandbox:hang times=-1]",
                "[sandbox:hang times]",
                "[sandbox:hang often=3]",
                "[sandbox:hang  times=3]"
            })
    void oneThatSaysNothingKnownIsRefused(String text) {
        assertThatThrownBy(() -> Marker.in(text)).isInstanceOf(HttpErrorException.class);
    }
}
