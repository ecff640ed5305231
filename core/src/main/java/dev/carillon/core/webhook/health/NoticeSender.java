package dev.carillon.core.webhook.health;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.mail.MailDeliveryException;
import dev.carillon.core.mail.Mailer;
import dev.carillon.core.member.WorkspaceContacts;
import dev.carillon.core.member.WorkspaceContacts.Person;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mails owners and admins about changes to their endpoints, once per person unless a process dies in between. */
@Singleton
public class NoticeSender {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);

    /** News older than this no longer helps. */
    private static final Duration OLD = Duration.ofDays(3);

    private final Transactions transactions;
    private final NoticeQueries queries;
    private final WorkspaceContacts contacts;
    private final NoticeMail mails;
    private final Mailer mailer;

    NoticeSender(
            Transactions transactions,
            NoticeQueries queries,
            WorkspaceContacts contacts,
            NoticeMail mails,
            Mailer mailer) {
        this.transactions = transactions;
        this.queries = queries;
        this.contacts = contacts;
        this.mails = mails;
        this.mailer = mailer;
    }

    /**
     * Mails the next due notice. If the mail server does not accept it, it becomes due again later.
     *
     * @return whether there was one
     */
    public boolean mailNext() {
        var next = transactions.acrossWorkspaces(() -> queries.takeNext(OLD));
        next.ifPresent(this::mail);
        return next.isPresent();
    }

    private void mail(Notice notice) {
        List<Person> left = notice.endpointDeleted()
                ? List.of()
                : contacts.of(notice.workspace()).stream()
                        .filter(person -> !notice.told().contains(person.user()))
                        .toList();
        boolean allTold = true;
        for (var person : left) {
            allTold &= isTold(notice, person);
        }
        if (!allTold && notice.old()) {
            LOG.atWarn()
                    .addKeyValue("endpoint", notice.endpoint())
                    .addKeyValue("news", notice.news())
                    .log("notice dropped, because the mail server has not accepted it for days");
        }
        if (allTold || notice.old()) {
            transactions.acrossWorkspaces(() -> {
                queries.remove(notice);
                return notice;
            });
        }
    }

    private boolean isTold(Notice notice, Person person) {
        try {
            mailer.send(mails.of(notice, person.email()));
        } catch (MailDeliveryException e) {
            var cause = e.getCause();
            // The server's message may repeat the address.
            LOG.atWarn()
                    .addKeyValue("endpoint", notice.endpoint())
                    .addKeyValue(
                            "cause",
                            cause == null ? "unknown" : cause.getClass().getSimpleName())
                    .log("the mail server did not accept a notice; trying again later");
            return false;
        }
        transactions.acrossWorkspaces(() -> {
            queries.told(notice, person.user());
            return notice;
        });
        return true;
    }
}
