package dev.carillon.sandbox;

import dev.carillon.sandbox.http.HttpErrorException;
import dev.carillon.sandbox.http.Request;
import dev.carillon.sandbox.http.Response;
import java.time.Clock;
import java.util.regex.Pattern;

/** Registers accounts. Registering again only changes platform and username. */
final class AccountEndpoints {
    private static final int MAX_ID_LENGTH = 255;
    private static final Pattern PLATFORM = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    /** One line, because a permalink shows it in its header line. */
    private static final Pattern USERNAME = Pattern.compile("[^\\p{Cntrl}]{1,255}");

    private final AccountQueries accounts;
    private final Clock clock;

    AccountEndpoints(AccountQueries accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    Response register(Request request) {
        var body = request.body();
        var account = new SandboxAccount(request.variable("account"), body.text("platform"), body.text("username"));
        if (account.id().length() > MAX_ID_LENGTH) {
            throw HttpErrorException.badRequest(
                    "invalid_account", "An account id can have at most %d characters.".formatted(MAX_ID_LENGTH));
        }
        if (!PLATFORM.matcher(account.platform()).matches()) {
            throw HttpErrorException.badRequest("invalid_field", "platform must be a name in lowercase, such as x.");
        }
        if (!USERNAME.matcher(account.username()).matches()) {
            throw HttpErrorException.badRequest("invalid_field", "username must be one line of 1 to 255 characters.");
        }
        accounts.register(account, clock.instant());
        return Response.json(200, account);
    }
}
