package dev.carillon.core.publication;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountFollower;
import dev.carillon.core.kernel.Clocks;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/**
 * Holds the scheduled publications of an account that is disconnected, and releases them when it is connected again.
 * Publications that are late by then are published or missed, according to their misfire policy.
 */
@Singleton
class HeldPublications implements AccountFollower {
    private final PublicationQueries publications;
    private final PublicationWriter writer;
    private final Clocks clocks;

    HeldPublications(PublicationQueries publications, PublicationWriter writer, Clocks clocks) {
        this.publications = publications;
        this.writer = writer;
        this.clocks = clocks;
    }

    @Override
    public void connected(Account account) {
        var now = clocks.now(account.tenant().workspace(), account.tenant().mode());
        writer.follow(changes(publications.release(account.id(), now), now));
    }

    @Override
    public void disconnected(Account account) {
        var now = clocks.now(account.tenant().workspace(), account.tenant().mode());
        writer.follow(
                changes(publications.hold(account.tenant(), account.id(), HoldReason.ACCOUNT_DISCONNECTED, now), now));
    }

    private static List<Change> changes(List<Publication> written, Instant now) {
        return written.stream().map(publication -> new Change(publication, now)).toList();
    }
}
