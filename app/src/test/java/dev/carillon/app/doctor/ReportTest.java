package dev.carillon.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final StringWriter out = new StringWriter();

    @Test
    void aFindingIsOneLineWithASymbolThatNeedsNoColour() {
        var report = report(false);

        report.run(() -> List.of(
                Finding.ok("JDK", "25"), Finding.warning("memory", "little"), Finding.problem("port", "in\n  use")));

        assertThat(out.toString().lines())
                .containsExactly("[+] JDK             25", "[!] memory          little", "[x] port            in use");
    }

    @Test
    void onATerminalTheSymbolIsColoured() {
        report(true).run(() -> List.of(Finding.ok("JDK", "25")));

        assertThat(out.toString()).startsWith("\u001b[32m[+]\u001b[0m JDK ");
    }

    @Test
    void theLastLineCountsWhatTheLauncherFoundAsWell() {
        var report = report(false).after(1, 1);
        report.run(() -> List.of(Finding.warning("memory", "little")));

        assertThat(report.conclude()).isFalse();
        assertThat(out.toString()).contains("1 problem, 2 warnings");
    }

    @Test
    void warningsAloneLetAStartGoOn() {
        var report = report(false);
        report.run(() -> List.of(Finding.warning("memory", "little")));

        assertThat(report.conclude()).isTrue();
        assertThat(out.toString()).contains("Ready to start: no problems, 1 warning.");
    }

    @Test
    void aCheckThatFailsItselfDoesNotKeepTheOthersFromRunning() {
        var report = report(false);

        report.run(() -> {
            throw new IllegalStateException("no");
        });
        report.run(() -> List.of(Finding.ok("JDK", "25")));

        assertThat(report.conclude()).isFalse();
        assertThat(out.toString()).contains("[x] doctor").contains("[+] JDK");
    }

    private Report report(boolean coloured) {
        return new Report(new PrintWriter(out, true), coloured);
    }
}
