package dev.carillon.core.publication;

import dev.carillon.core.database.Row;
import dev.carillon.core.platform.ConnectedAccount;

/** Reads a publication's account from statements that join the two. */
final class AskedRows {
    /** The account columns that such a statement returns. */
    static final String ACCOUNT =
            "account.external_id, account.username, account.service_url, account.access_expires_at, account.host";

    private AskedRows() {}

    static ConnectedAccount account(Row row, Publication publication) {
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
