package dev.carillon.app;

import dev.carillon.app.settings.Settings;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.core.sealing.MasterKeyCheck;
import dev.carillon.core.workspace.FirstWorkspace;
import dev.carillon.localservers.LocalServers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Creates API keys and master keys where no API can be called. */
@Command(name = "keys", description = "Create an API key or a master key", mixinStandardHelpOptions = true)
final class KeysCommand {

    @Command(
            name = "create",
            description = "Create an API key with all scopes in the first workspace, which is created if needed",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        private final PrintWriter out;

        @Option(names = "--mode", description = "Mode of the key: live or test (default: ${DEFAULT-VALUE})")
        private Mode mode = Mode.TEST;

        @Option(names = "--name", description = "Name of the key (default: ${DEFAULT-VALUE})")
        private String name = "Created on the command line";

        @Option(names = "--data", description = "Data folder of the embedded servers (default: ${DEFAULT-VALUE})")
        private Path data = Path.of(".carillon");

        Create(PrintWriter out) {
            this.out = out;
        }

        @Override
        public Integer call() {
            var settings = Settings.of(System.getenv());
            if (settings.databases().named()) {
                create(Stores.named(settings));
            } else {
                try (var servers = LocalServers.start(data)) {
                    create(Stores.embedded(servers, settings, new DataFolder(data)));
                }
            }
            return 0;
        }

        private void create(Stores stores) {
            stores.bringUpToDate();
            try (var context =
                    new MicronautSettings(stores).logins(Role.ALL, stores).start()) {
                context.getBean(MasterKeyCheck.class).run(false);
                var workspace = context.getBean(FirstWorkspace.class).findOrCreate();
                var key = context.getBean(ApiKeyAuthenticator.class)
                        .create(workspace, mode, name, EnumSet.allOf(Scope.class));
                out.println("workspace  " + workspace);
                out.println("key        " + key.secret().value());
                out.println("Save the key now: it is not shown again.");
            }
        }
    }

    @Command(
            name = "master",
            description = "Print a new value for CARILLON_MASTER_KEY",
            mixinStandardHelpOptions = true)
    static final class Master implements Callable<Integer> {
        private final PrintWriter out;

        Master(PrintWriter out) {
            this.out = out;
        }

        @Override
        public Integer call() {
            out.println(MasterKey.generate());
            return 0;
        }
    }
}
