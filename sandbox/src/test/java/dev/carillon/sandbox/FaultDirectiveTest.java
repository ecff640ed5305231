package dev.carillon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.sandbox.http.HttpErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultDirectiveTest {
    @ParameterizedTest
    @EnumSource
    void everyKindHasADirectiveThatStrikesOnce(FaultKind kind) {
        assertThat(FaultDirective.in("Hello [sandbox:%s] there".formatted(kind.wireName())))
                .contains(new FaultDirective(Trouble.usual(kind), 1));
    }

    @Test
    void aDirectiveSaysHowLongAndHowOften() {
        assertThat(FaultDirective.in("[sandbox:rate_limited seconds=60 times=2]"))
                .contains(new FaultDirective(new Trouble(FaultKind.RATE_LIMITED, 60), 2));
        assertThat(FaultDirective.in("[sandbox:server_error times=all]"))
                .contains(new FaultDirective(Trouble.usual(FaultKind.SERVER_ERROR), FaultDirective.EVERY_TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "[sandbox", "sandbox:hang", "[ sandbox:hang]"})
    void anyOtherTextHasNone(String text) {
        assertThat(FaultDirective.in(text)).isEmpty();
    }

    @Test
    void theFirstOfSeveralCounts() {
        assertThat(FaultDirective.in("[sandbox:hang][sandbox:duplicate]"))
                .contains(new FaultDirective(Trouble.usual(FaultKind.HANG), 1));
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
        assertThatThrownBy(() -> FaultDirective.in(text)).isInstanceOf(HttpErrorException.class);
    }
}
