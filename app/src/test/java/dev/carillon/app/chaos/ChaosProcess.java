package dev.carillon.app.chaos;

import dev.carillon.app.Carillon;
import java.time.Clock;

/** A process of one role as in production, except for the agent. */
public final class ChaosProcess {
    static final String CLOCK_LINE = "this process's clock says ";

    private ChaosProcess() {}

    public static void main(String[] arguments) {
        System.out.println(CLOCK_LINE + Clock.systemUTC().instant());
        Carillon.main(new String[] {"up", "--role", arguments[0]});
    }
}
