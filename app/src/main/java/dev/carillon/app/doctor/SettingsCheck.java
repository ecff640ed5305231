package dev.carillon.app.doctor;

import static dev.carillon.app.doctor.Finding.ok;
import static dev.carillon.app.doctor.Finding.problem;

import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.sealing.MasterKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Whether the environment variables are valid. Each is read separately, by the code that a start reads them with, so
 * that one typing error does not hide the next.
 *
 * @param environment the variables; only {@code CARILLON_...} are used
 * @param application problems that the rest of the application reports about its own settings, one sentence each
 */
public record SettingsCheck(Map<String, String> environment, List<String> application) implements Check {
    private static final String SUBJECT = "settings";
    private static final String PREFIX = "CARILLON_";

    public SettingsCheck {
        environment = new TreeMap<>(environment);
        environment
                .entrySet()
                .removeIf(entry ->
                        !entry.getKey().startsWith(PREFIX) || entry.getValue().isBlank());
        application = List.copyOf(application);
    }

    @Override
    public List<Finding> run() {
        var findings = new ArrayList<Finding>();
        environment.forEach((name, value) -> {
            try {
                Settings.of(Map.of(name, value));
            } catch (StartRefused e) {
                findings.add(problem(SUBJECT, Objects.toString(e.getMessage())));
            }
        });
        application.forEach(sentence -> findings.add(problem(SUBJECT, sentence)));
        if (findings.isEmpty()) {
            findings.addAll(together());
        }
        if (findings.isEmpty()) {
            // Names only, because values may be secrets.
            findings.add(ok(
                    SUBJECT,
                    environment.isEmpty() ? "none set, defaults apply" : String.join(", ", environment.keySet())));
        }
        return findings;
    }

    /** Variables that are valid separately may still not fit together. */
    private List<Finding> together() {
        var settings = readable();
        try {
            settings.requireBothServers();
            if (settings.databases().named() || settings.masterKey() != null) {
                var _ = new MasterKey(settings.requiredMasterKey());
            }
            return List.of();
        } catch (StartRefused | IllegalArgumentException e) {
            return List.of(problem(SUBJECT, Objects.toString(e.getMessage())));
        }
    }

    /** The settings without the invalid variables. */
    public Settings readable() {
        var sound = new TreeMap<>(environment);
        sound.entrySet().removeIf(entry -> {
            try {
                Settings.of(Map.of(entry.getKey(), entry.getValue()));
                return false;
            } catch (StartRefused e) {
                return true;
            }
        });
        return Settings.of(sound);
    }
}
