package dev.carillon.core.publication.intervention;

import dev.carillon.core.database.Row;
import dev.carillon.core.platform.ConnectedAccount;
import dev.carillon.core.publication.Publication;

/** Reads a publication's account from statements that join the two. */
public final class AskedRows {
    /** The account columns that such a statement returns. */
    public static final String ACCOUNT =
            "account.external_id, account.username, account.service_url, account.access_expires_at, account.host";

    private AskedRows() {}

    public static ConnectedAccount account(Row row, Publication publication) {
        return new ConnectedAccount(
                publication.tenant().workspace(),
                publication.tenant().mode(),
                publication.account(),
                publication.platform(),
                row.text("external_id"),
                row.text("username"),
                row.textOrNull("service_url"),
                row.instantOrNull("access_expires_at"));
    }
}
