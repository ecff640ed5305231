package dev.carillon.core.user;

import static dev.carillon.core.kernel.ErrorCode.EMAIL_NOT_VERIFIED;
import static dev.carillon.core.kernel.ErrorCode.SIGN_UP_CLOSED;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.UserId;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds out which user somebody is who has shown an identity, and makes those users who may sign up. */
@Singleton
public class Users {
    private final Transactions transactions;
    private final UserQueries queries;
    private final SignUpConfig config;
    private final Ids ids;

    Users(Transactions transactions, UserQueries queries, SignUpConfig config, Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.ids = ids;
    }

    /**
     * The user of an identity: the one to whom it was linked before, else the one with its address, which it is then linked to, else a new
     * one. An address that was not verified finds and makes nobody. May be called at the same time for the same person.
     *
     * @throws dev.carillon.core.kernel.Refusal {@code email_not_verified} where somebody is unknown and shows no address, and
     *     {@code sign_up_closed} where they are unknown and were not invited
     */
    public User findOrMake(VerifiedIdentity identity) {
        var known = transactions.withoutWorkspace(() -> queries.findByIdentity(identity));
        return known.orElseGet(() -> linked(identity));
    }

    /** The user with this address, who is made where there is none; for the operator, who asks nobody. */
    public User findOrMake(EmailAddress email) {
        return findByEmail(email).orElseGet(() -> made(email, VerifiedIdentity.byMail(email)));
    }

    public Optional<User> findByEmail(EmailAddress email) {
        return transactions.withoutWorkspace(() -> queries.findByEmail(email));
    }

    /** Whether somebody would be let in who shows that this address is theirs. */
    public boolean isLetIn(EmailAddress email) {
        return transactions.withoutWorkspace(() -> {
            // Both are looked up in any case, so that the time that it takes tells nothing.
            boolean known = queries.findByEmail(email).isPresent();
            boolean expected = queries.isExpected(email);
            return config.signUp() == SignUp.OPEN || known || expected;
        });
    }

    private User linked(VerifiedIdentity identity) {
        var email = identity.verifiedEmail();
        if (email == null) {
            throw EMAIL_NOT_VERIFIED.because(
                    "Whoever vouches for you does not say that your e-mail address is yours, and without that nobody is known here.");
        }
        var user = findByEmail(email).orElseGet(() -> {
            if (!isLetIn(email)) {
                throw SIGN_UP_CLOSED.because(
                        "Nobody has invited this e-mail address, and this installation is not open to everybody.");
            }
            return made(email, identity);
        });
        boolean linked = transactions.asUser(user.id(), () -> {
            if (identity.name() != null) {
                queries.nameUnlessNamed(user.id(), identity.name());
            }
            return queries.link(identity, user.id());
        });
        if (linked) {
            return transactions.asUser(user.id(), () -> queries.get(user.id()));
        }
        // Somebody was faster; whoever it was linked to is who it is.
        return transactions
                .withoutWorkspace(() -> queries.findByIdentity(identity))
                .orElseThrow();
    }

    private User made(EmailAddress email, VerifiedIdentity identity) {
        var id = ids.next(UserId.KIND);
        transactions.asUser(id, () -> queries.add(id, email, identity.name()));
        return findByEmail(email).orElseThrow();
    }
}
