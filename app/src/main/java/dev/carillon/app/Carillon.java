package dev.carillon.app;

import dev.carillon.app.demo.DemoFailed;
import dev.carillon.app.events.EventsRefused;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.localservers.DataFolderInUse;
import dev.carillon.localservers.LocalServerFailed;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. {@code ./carillon help} lists its commands. */
@Command(name = "carillon", description = "Publish to social networks through one API", mixinStandardHelpOptions = true)
public final class Carillon {
    private Carillon() {}

    /**
     * Runs a command and ends the process with its exit code: 0 for success, 1 for a failure, 2 for invalid arguments.
     */
    public static void main(String[] arguments) {
        System.exit(commandLine(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .execute(arguments));
    }

    static CommandLine commandLine(PrintWriter out) {
        return new CommandLine(new Carillon())
                .addSubcommand(new UpCommand(out))
                .addSubcommand(new DoctorCommand(out))
                .addSubcommand(new MigrateCommand(out))
                .addSubcommand(new CommandLine(new KeysCommand())
                        .addSubcommand(new KeysCommand.Create(out))
                        .addSubcommand(new KeysCommand.Master(out)))
                .addSubcommand(new CommandLine(new EventsCommand())
                        .addSubcommand(new EventsCommand.Tail(out))
                        .addSubcommand(new EventsCommand.Listen(out)))
                .addSubcommand(new CommandLine(new MembersCommand()).addSubcommand(new MembersCommand.Add(out)))
                .setOut(out)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Carillon::explain);
    }

    /** The operator reads one message; a stack trace is only for unexpected failures. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult result) {
        var err = command.getErr();
        switch (failure) {
            case StartRefused refused -> err.println(refused.getMessage());
            case DataFolderInUse inUse -> err.println(inUse.getMessage());
            case LocalServerFailed failed -> err.println(failed.getMessage());
            case EventsRefused refused -> err.println(refused.getMessage());
            case DemoFailed failed -> err.println(failed.getMessage());
            default -> failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
