package dev.carillon.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.app.doctor.Finding.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MachineCheckTest {
    private static final Instant BUILT = Instant.parse("2026-12-01T10:00:00Z");
    private static final long MEGABYTE = 1024 * 1024;

    @Test
    void aClockBeforeTheBuildIsWrong() {
        assertThat(clockSays("2026-12-01T10:00:01Z").level()).isEqualTo(Level.OK);
        assertThat(clockSays("1970-01-01T00:00:00Z").level()).isEqualTo(Level.WARNING);
    }

    @Test
    void littleFreeMemoryIsAWarning() {
        assertThat(new MemoryCheck(OptionalLong.of(100 * MEGABYTE), 8000 * MEGABYTE).run())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.WARNING);
                    assertThat(finding.text()).startsWith("100 MB free of 8000 MB");
                });
    }

    @Test
    void whereFreeMemoryIsNotKnownAllOfItCounts() {
        assertThat(new MemoryCheck(OptionalLong.empty(), 8000 * MEGABYTE).run())
                .containsExactly(Finding.ok("memory", "8000 MB installed of 8000 MB"));
    }

    @Test
    void aKeyOfStripeIsJudgedByItsShapeAndNotShown() {
        assertThat(new StripeCheck("").run()).isEmpty();
        assertThat(new StripeCheck("sk_test_hush12345").run())
                .extracting(Finding::level)
                .containsExactly(Level.OK);
        assertThat(new StripeCheck("hush").run()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARNING);
            assertThat(finding.text()).doesNotContain("hush");
        });
    }

    private static Finding clockSays(String now) {
        return MachineCheck.clock(Clock.fixed(Instant.parse(now), ZoneOffset.UTC), BUILT)
                .run()
                .getFirst();
    }
}
