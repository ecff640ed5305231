package dev.carillon.app;

import dev.carillon.app.demo.Demo;
import dev.carillon.app.demo.WebhookReceiver;
import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.workspace.FirstWorkspace;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a process and runs until it is told to stop. */
@Command(name = "up", description = "Start Carillon", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Option(names = "--port", description = "Port of the API; 0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(names = "--data", description = "Data folder of the embedded servers (default: ${DEFAULT-VALUE})")
    private Path data = Path.of(".carillon");

    @Option(names = "--role", description = "Process role: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Role role = Role.ALL;

    @Option(names = "--demo", description = "Publish a post to the sandbox platform and print what happens to it")
    private boolean demo;

    UpCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        if (role == Role.MIGRATE) {
            return new MigrateCommand(out).call();
        }
        if (demo && role != Role.ALL) {
            throw new StartRefused("The demo needs every role in one process. Leave --role out.");
        }
        var closing = new ShutdownSequence();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(closing), "carillon-stop"));
        try {
            run(closing);
        } catch (RuntimeException e) {
            // If the process was told to stop during the start, the failure is a consequence of that.
            if (!closing.isClosing()) {
                throw e;
            }
        }
        closing.awaitClose();
        return 0;
    }

    private void run(ShutdownSequence closing) {
        var receiver = demo ? closing.add("webhook receiver", WebhookReceiver.start()) : null;
        var allow = receiver == null ? List.<String>of() : List.of(receiver.hostAndPort());
        var options = new Start.Options(role, port, data, allow);
        var running = new Start(options, Settings.of(System.getenv()), closing).run();
        greet(running);
        if (receiver != null && running.url() != null && running.context() != null) {
            new Demo(running.url(), testKey(running.context(), running.folder()), receiver, out).run();
        }
    }

    private void greet(Start.Running running) {
        var message = new StartupMessage(out);
        var folder = running.folder();
        if (folder == null || running.context() == null || running.url() == null) {
            message.ready(role, running);
            return;
        }
        var first = new FirstStart(running.context(), folder).run(running.url());
        message.ready(role, running);
        first.ifPresent(credentials -> message.firstKeys(credentials, folder));
    }

    /** The key from the first start; if it was not kept, a new one for the demo. */
    private static String testKey(ApplicationContext context, @Nullable DataFolder folder) {
        if (folder != null && folder.credentials().isPresent()) {
            return folder.credentials().get().testKey();
        }
        var workspace = context.getBean(FirstWorkspace.class).findOrCreate();
        return context.getBean(ApiKeyAuthenticator.class)
                .create(workspace, Mode.TEST, "Demo", EnumSet.allOf(Scope.class))
                .secret()
                .value();
    }

    private void stop(ShutdownSequence closing) {
        if (!closing.isEmpty()) {
            out.println("Stopping. Work in progress has up to 30 seconds to finish.");
        }
        closing.close();
    }
}
