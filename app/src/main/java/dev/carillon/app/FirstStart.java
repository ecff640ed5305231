package dev.carillon.app;

import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.workspace.FirstWorkspace;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Creates the workspace and the first two keys of an installation on the embedded database. The file with the keys is
 * written before the commit, so a start that is killed in between leaves either both or none.
 */
final class FirstStart {
    private final FirstWorkspace workspaces;
    private final ApiKeyAuthenticator keys;
    private final DataFolder folder;

    FirstStart(ApplicationContext context, DataFolder folder) {
        this.workspaces = context.getBean(FirstWorkspace.class);
        this.keys = context.getBean(ApiKeyAuthenticator.class);
        this.folder = folder;
    }

    /** The new keys; only at the first start. */
    Optional<Credentials> run(URI baseUrl) {
        folder.keepBaseUrl(baseUrl);
        return workspaces.createOnce(workspace -> {
            var credentials = new Credentials(
                    baseUrl, workspace.toString(), key(workspace, Mode.LIVE), key(workspace, Mode.TEST));
            folder.writeFirstCredentials(credentials);
            return credentials;
        });
    }

    private String key(WorkspaceId workspace, Mode mode) {
        return keys.create(workspace, mode, "First key", EnumSet.allOf(Scope.class))
                .secret()
                .value();
    }
}
