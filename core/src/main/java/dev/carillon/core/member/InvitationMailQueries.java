package dev.carillon.core.member;

import dev.carillon.core.database.Sql;
import dev.carillon.core.user.EmailAddress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Counts the invitation mails to one address over all workspaces. */
@Singleton
class InvitationMailQueries {
    private static final String NOTE = "SELECT record_invitation_mail(?, ?, ?) AS wait_seconds";

    private final Sql sql;

    InvitationMailQueries(Sql sql) {
        this.sql = sql;
    }

    /**
     * Records a mail of the open transaction's workspace. If a limit is reached, records nothing and returns the time
     * to wait.
     */
    Optional<Duration> note(EmailAddress email, InvitationConfig bounds) {
        return sql.of(NOTE, email.sha256(), bounds.perAddressAndWorkspace(), bounds.perAddress())
                .one(row ->
                        Optional.ofNullable(row.integerOrNull("wait_seconds")).map(Duration::ofSeconds));
    }
}
