package dev.carillon.app.doctor;

import dev.carillon.app.doctor.Finding.Level;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;

/**
 * Prints findings as they come, and finally how many of them need attention. The launcher prints its own findings in
 * the same form.
 */
public final class Report {
    private final PrintWriter out;
    private final boolean coloured;
    private final Map<Level, Integer> counts = new EnumMap<>(Level.class);

    public Report(PrintWriter out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** Adds the counts of findings that another program printed before. */
    public Report after(int problems, int warnings) {
        counts.merge(Level.PROBLEM, problems, Integer::sum);
        counts.merge(Level.WARNING, warnings, Integer::sum);
        return this;
    }

    /** Runs a check and prints its findings. A check that fails itself counts as a problem. */
    public void run(Check check) {
        try {
            check.run().forEach(this::print);
        } catch (RuntimeException e) {
            var name = check.getClass().getSimpleName();
            print(Finding.problem("doctor", "%s failed: %s. Please report this.".formatted(name, e)));
        }
    }

    private void print(Finding finding) {
        counts.merge(finding.level(), 1, Integer::sum);
        out.printf("%s %-15s %s%n", finding.level().symbol(coloured), finding.subject(), finding.text());
        out.flush();
    }

    /** Prints the last line; true if there is no problem. */
    public boolean conclude() {
        int problems = counts.getOrDefault(Level.PROBLEM, 0);
        int warnings = counts.getOrDefault(Level.WARNING, 0);
        out.println();
        out.println(
                problems == 0
                        ? "Ready to start: no problems, %s.".formatted(counted(warnings, "warning"))
                        : "Not ready to start: %s, %s. Fix what is marked [x] first."
                                .formatted(counted(problems, "problem"), counted(warnings, "warning")));
        out.flush();
        return problems == 0;
    }

    private static String counted(int number, String noun) {
        return "%s %s%s".formatted(number == 0 ? "no" : Integer.toString(number), noun, number == 1 ? "" : "s");
    }
}
