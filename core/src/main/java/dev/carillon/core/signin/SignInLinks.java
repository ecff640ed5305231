package dev.carillon.core.signin;

import static dev.carillon.core.kernel.ErrorCode.SIGN_IN_LINK_INVALID;
import static dev.carillon.core.kernel.ErrorCode.SIGN_IN_OTHER_BROWSER;
import static dev.carillon.core.kernel.ErrorCode.TOO_MANY_MAILS;

import dev.carillon.core.database.Transactions;
import dev.carillon.core.mail.BackgroundMailer;
import dev.carillon.core.mail.BackgroundMailer.Share;
import dev.carillon.core.mail.Mail;
import dev.carillon.core.sealing.SecretToken;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.UserService;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sign-in links, sent by mail: each is valid once, for a limited time, and in the browser that requested it. */
@Singleton
public class SignInLinks {
    private static final int NETWORK_BYTES = 8;

    private final Transactions transactions;
    private final SignInQueries queries;
    private final SignInConfig config;
    private final UserService users;
    private final BackgroundMailer mailer;

    SignInLinks(
            Transactions transactions,
            SignInQueries queries,
            SignInConfig config,
            UserService users,
            BackgroundMailer mailer) {
        this.transactions = transactions;
        this.queries = queries;
        this.config = config;
        this.users = users;
        this.mailer = mailer;
    }

    /**
     * Mails a link if the owner of the address would be admitted. Neither the result nor the time that the call takes
     * reveals whether a link was mailed.
     *
     * @param browser the secret that the requesting browser keeps and must send again
     * @param from the network address of the request
     * @param linkOf builds the link that opens the token
     * @throws dev.carillon.core.kernel.ApiException {@code too_many_mails}, whether or not the address is known
     */
    public void ask(EmailAddress email, SecretToken browser, InetAddress from, Function<SecretToken, String> linkOf) {
        var token = SecretToken.random();
        transactions
                .withoutWorkspace(() -> queries.ask(token, browser, email, network(from), config))
                .ifPresent(seconds -> {
                    throw TOO_MANY_MAILS.retryable(
                            "Too many links were requested for this e-mail address or from this network address; try again in %d seconds."
                                    .formatted(seconds),
                            Duration.ofSeconds(seconds));
                });
        if (users.isLetIn(email)) {
            mailer.put(Share.SIGN_IN, mail(email, linkOf.apply(token)));
        }
    }

    /**
     * The address to which the link was mailed. Using a link makes it invalid.
     *
     * @param browser the secret that the browser kept; null if it has none
     * @throws dev.carillon.core.kernel.ApiException {@code sign_in_link_invalid}, and {@code sign_in_other_browser}, which
     *     leaves the link unchanged
     */
    public EmailAddress use(SecretToken token, @Nullable SecretToken browser) {
        var use = transactions.withoutWorkspace(() -> queries.use(token, browser));
        return switch (use.outcome()) {
            case "used_now" -> new EmailAddress(Objects.requireNonNull(use.email()));
            case "other_browser" ->
                throw SIGN_IN_OTHER_BROWSER.because("This link was requested in another browser and works only there.");
            case "used" -> throw SIGN_IN_LINK_INVALID.because("This link was already used; each link works once.");
            case "expired" ->
                throw SIGN_IN_LINK_INVALID.because("This link has expired; a link is valid for %d minutes."
                        .formatted(config.link().toMinutes()));
            default -> throw unknown();
        };
    }

    /** The refusal of a text that is not a link's token. */
    public static RuntimeException unknown() {
        return SIGN_IN_LINK_INVALID.because("There is no such link; it may be incomplete.");
    }

    private Mail mail(EmailAddress email, String link) {
        return new Mail(
                email.text(), "Sign in to Carillon", """
                A sign-in to Carillon with this e-mail address was requested.

                To sign in, open this link within %d minutes in the browser where you requested it, and confirm:

                %s

                If you did not request this, ignore this mail: signing in requires the link.
                """.formatted(config.link().toMinutes(), link));
    }

    /** One caller can use a whole block of IPv6 addresses. */
    private static String network(InetAddress from) {
        return from instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(from.getAddress(), NETWORK_BYTES))
                : from.getHostAddress();
    }
}
