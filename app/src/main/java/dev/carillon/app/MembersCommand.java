package dev.carillon.app;

import dev.carillon.app.settings.Settings;
import dev.carillon.app.settings.StartRefused;
import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.member.MemberService;
import dev.carillon.core.sealing.MasterKeyCheck;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.UserService;
import dev.carillon.core.workspace.FirstWorkspace;
import dev.carillon.core.workspace.WorkspaceService;
import dev.carillon.localservers.LocalServers;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds members from the command line, for a workspace without a member who could invite others. */
@Command(name = "members", description = "Add members to a workspace", mixinStandardHelpOptions = true)
final class MembersCommand {

    @Command(
            name = "add",
            description = "Add a member to a workspace; they sign in with a mailed link",
            mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        private final PrintWriter out;

        @Parameters(index = "0", paramLabel = "EMAIL", description = "E-mail address of the new member")
        private String email = "";

        @Option(names = "--role", description = "Role: owner, admin, editor or viewer (default: ${DEFAULT-VALUE})")
        private Role role = Role.OWNER;

        @Option(
                names = "--workspace",
                description = "Id of the workspace (default: the first one, created if there is none)")
        private @Nullable String workspace;

        @Option(names = "--data", description = "Data folder of the embedded servers (default: ${DEFAULT-VALUE})")
        private Path data = Path.of(".carillon");

        Add(PrintWriter out) {
            this.out = out;
        }

        @Override
        public Integer call() {
            var address = EmailAddress.read(email)
                    .orElseThrow(() -> new StartRefused("EMAIL must be an e-mail address such as ada@example.org."));
            var settings = Settings.of(System.getenv());
            if (settings.databases().named()) {
                add(Stores.named(settings), address);
            } else {
                try (var servers = LocalServers.start(data)) {
                    add(Stores.embedded(servers, settings, new DataFolder(data)), address);
                }
            }
            return 0;
        }

        private void add(Stores stores, EmailAddress address) {
            stores.bringUpToDate();
            try (var context = new MicronautSettings(stores)
                    .logins(dev.carillon.app.Role.ALL, stores)
                    .start()) {
                context.getBean(MasterKeyCheck.class).run(false);
                var id = workspace(context);
                var member = context.getBean(MemberService.class)
                        .add(id, context.getBean(UserService.class).findOrMake(address), role);
                out.println("workspace  " + id);
                out.println(
                        "member     %s, %s".formatted(member.id(), member.role().wireName()));
                out.println("They can now sign in with a mailed link: see docs/signing-in.md.");
            } catch (ApiException exception) {
                throw new StartRefused(exception.detail(), exception);
            }
        }

        private WorkspaceId workspace(ApplicationContext context) {
            if (workspace == null) {
                return context.getBean(FirstWorkspace.class).findOrCreate();
            }
            return WorkspaceId.KIND
                    .read(workspace)
                    .filter(context.getBean(WorkspaceService.class)::exists)
                    .orElseThrow(() ->
                            new StartRefused("There is no workspace %s. Leave --workspace out to use the first one."
                                    .formatted(workspace)));
        }
    }
}
