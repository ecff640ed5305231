package dev.carillon.core.user;

import static dev.carillon.core.kernel.ErrorCode.EMAIL_NOT_VERIFIED;
import static dev.carillon.core.kernel.ErrorCode.SIGN_UP_CLOSED;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.UserId;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds the user of a verified identity, and creates users who may sign up. */
@Singleton
public class UserService {
    private final Transactions transactions;
    private final UserQueries queries;
    private final SignUpConfig config;
    private final Ids ids;

    UserService(Transactions transactions, UserQueries queries, SignUpConfig config, Ids ids) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.ids = ids;
    }

    /**
     * The user of an identity: the user to whom it is linked; otherwise the user with its address, to whom it is then
     * linked; otherwise a new one. An address that is not verified neither finds nor creates a user. Safe to call
     * concurrently for the same person.
     *
     * @throws dev.carillon.core.kernel.ApiException {@code email_not_verified} if the user is unknown and has no verified
     *     address, and {@code sign_up_closed} if they are unknown and were not invited
     */
    public User findOrMake(VerifiedIdentity identity) {
        var known = transactions.withoutWorkspace(() -> queries.findByIdentity(identity));
        return known.orElseGet(() -> linked(identity));
    }

    /** The user with this address, created if there is none. For the operator; checks no invitation. */
    public User findOrMake(EmailAddress email) {
        return findByEmail(email).orElseGet(() -> made(email, VerifiedIdentity.byMail(email)));
    }

    public Optional<User> findByEmail(EmailAddress email) {
        return transactions.withoutWorkspace(() -> queries.findByEmail(email));
    }

    /** Whether a person who proves that this address is theirs would be admitted. */
    public boolean isLetIn(EmailAddress email) {
        return transactions.withoutWorkspace(() -> {
            // Both are always looked up, so that the time taken reveals nothing.
            boolean known = queries.findByEmail(email).isPresent();
            boolean expected = queries.isExpected(email);
            return config.signUp() == SignUp.OPEN || known || expected;
        });
    }

    private User linked(VerifiedIdentity identity) {
        var email = identity.verifiedEmail();
        if (email == null) {
            throw EMAIL_NOT_VERIFIED.because(
                    "Your sign-in provider does not confirm your e-mail address; verify it there, then sign in again.");
        }
        var user = findByEmail(email).orElseGet(() -> {
            if (!isLetIn(email)) {
                throw SIGN_UP_CLOSED.because("This e-mail address has no invitation, and sign-up is not open here.");
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
        // A concurrent call was faster; the user to whom it linked the identity is the result.
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
