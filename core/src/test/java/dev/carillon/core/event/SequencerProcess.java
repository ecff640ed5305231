package dev.carillon.core.event;

import dev.carillon.core.testing.TestCarillon;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;

/** A process that only numbers events, as fast as it can, until it is killed. The arguments are setting names and values in turn. */
final class SequencerProcess {
    private SequencerProcess() {}

    public static void main(String[] arguments) {
        var settings = new HashMap<String, Object>();
        settings.put(TestCarillon.DIALECT, "POSTGRES");
        for (int i = 0; i < arguments.length; i += 2) {
            settings.put(arguments[i], arguments[i + 1]);
        }
        var sequencer = ApplicationContext.builder()
                .properties(settings)
                .deduceEnvironment(false)
                .start()
                .getBean(EventSequencer.class);
        boolean told = false;
        while (true) {
            int numbered = sequencer.numberAll();
            if (numbered > 0 && !told) {
                told = true;
                System.out.println("numbering");
            }
        }
    }
}
