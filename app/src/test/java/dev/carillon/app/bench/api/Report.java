package dev.carillon.app.bench.api;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prints the figures, and which goals are met. */
record Report(Map<String, Measured> measured, PrintStream out) {
    private static final double SLOWEST_P99_MILLIS = 100;
    private static final double SAME_PAGE = 1.25;

    void print() {
        out.printf("%n%-34s %10s %9s %9s %9s %9s%n", "", "a second", "median ms", "p99 ms", "longest", "client");
        measured.forEach((name, figures) -> out.printf(
                "%-34s %,10.0f %9.2f %9.2f %9.2f %8.0f%%%n",
                name,
                figures.perSecond(),
                figures.millis(50),
                figures.millis(99),
                figures.millis(100),
                100 * figures.clientShare()));
        out.println("client: the share of one core that the client used; near 100 %, the client was the bottleneck.\n");
        goals().forEach(out::println);
    }

    private List<String> goals() {
        var lines = new ArrayList<String>();
        atLeast(lines, Scenarios.GET_POST, 4_000, Scenarios.HELLO_SELECT, 3);
        atLeast(lines, Scenarios.CREATE_POST, 1_500, Scenarios.BARE_INSERT, 5);
        if (has(Scenarios.CREATE_POST) && has(Scenarios.BARE_POST)) {
            lines.add("        %s, %.2f of %s"
                    .formatted(
                            Scenarios.CREATE_POST,
                            of(Scenarios.CREATE_POST).perSecond()
                                    / of(Scenarios.BARE_POST).perSecond(),
                            Scenarios.BARE_POST));
        }
        if (has(Scenarios.FIRST_PAGE) && has(Scenarios.DEEP_PAGE)) {
            double share = of(Scenarios.DEEP_PAGE).millis(50)
                    / of(Scenarios.FIRST_PAGE).millis(50);
            lines.add("%s: the deep page takes %.2f times the first one's median; goal: at most %.2f"
                    .formatted(met(share <= SAME_PAGE), share, SAME_PAGE));
        }
        measured.forEach((name, figures) -> {
            if (Scenarios.SOON.contains(name)) {
                lines.add("%s: %s, p99 %.1f ms; goal: under %.0f ms"
                        .formatted(
                                met(figures.millis(99) < SLOWEST_P99_MILLIS),
                                name,
                                figures.millis(99),
                                SLOWEST_P99_MILLIS));
            }
        });
        return lines;
    }

    private void atLeast(List<String> lines, String name, double perSecond, String other, double fraction) {
        if (!has(name)) {
            return;
        }
        double rate = of(name).perSecond();
        lines.add("%s: %s, %,.0f a second; goal: %,.0f".formatted(met(rate >= perSecond), name, rate, perSecond));
        if (has(other)) {
            double share = rate / of(other).perSecond();
            lines.add("%s: %s, %.2f of %s; goal: %.2f"
                    .formatted(met(share >= 1 / fraction), name, share, other, 1 / fraction));
        }
    }

    private boolean has(String name) {
        return measured.containsKey(name);
    }

    private Measured of(String name) {
        return Objects.requireNonNull(measured.get(name));
    }

    private static String met(boolean goal) {
        return goal ? "met   " : "MISSED";
    }
}
