package dev.carillon.app;

import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** For installations of several processes: one of them migrates, and the others find it done. */
@Command(
        name = "migrate",
        description = "Bring the named database to the newest shape",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
    private final PrintWriter out;

    MigrateCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        var settings = Settings.of(System.getenv());
        if (!settings.databases().named()) {
            throw new StartRefused("Set CARILLON_DATABASE_URL. The embedded database is migrated by './carillon up'.");
        }
        int applied = Stores.named(settings).migrate();
        out.println(applied == 0 ? "Nothing to do." : "%d migrations applied.".formatted(applied));
        return 0;
    }
}
