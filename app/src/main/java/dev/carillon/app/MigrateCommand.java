package dev.carillon.app;

import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** For installations of several processes: one of them migrates, and the others find it done. */
@Command(
        name = "migrate",
        description = "Migrate your database to the schema of this version",
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
            throw new StartRefused("Set CARILLON_DATABASE_URL. './carillon up' migrates the embedded database.");
        }
        int applied = Stores.named(settings).migrate();
        out.println(applied == 0 ? "The database is up to date." : "Migrations applied: %d.".formatted(applied));
        return 0;
    }
}
