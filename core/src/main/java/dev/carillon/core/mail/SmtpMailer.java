package dev.carillon.core.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.MailException;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Sends mail through an SMTP server. */
final class SmtpMailer implements Mailer {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final org.simplejavamail.api.mailer.Mailer server;
    private final String from;

    private SmtpMailer(org.simplejavamail.api.mailer.Mailer server, String from) {
        this.server = server;
        this.from = from;
    }

    /** Throws {@link IllegalArgumentException}, without the URL's password, if the URL is not valid. */
    static SmtpMailer of(MailConfig config) {
        var url = read(config.smtpUrl());
        var login = url.getRawUserInfo();
        var server = MailerBuilder.withSMTPServer(url.getHost(), port(url), part(login, 0), part(login, 1))
                .withTransportStrategy(transport(url))
                .withSessionTimeout(Math.toIntExact(config.timeout().toMillis()))
                .buildMailer();
        return new SmtpMailer(server, config.from());
    }

    @Override
    public void send(Mail mail) {
        var email = EmailBuilder.startingBlank()
                .from(from)
                .to(mail.to())
                .withSubject(mail.subject())
                .withPlainText(mail.text())
                .buildEmail();
        try {
            server.sendMail(email, false).join();
        } catch (MailException e) {
            throw new MailDeliveryException(e);
        }
    }

    /** Throws {@link IllegalArgumentException}, without the URL's password, if the URL is not valid. */
    static URI read(String text) {
        try {
            var url = text.startsWith("smtp://") || text.startsWith("smtps://") ? new URI(text) : null;
            if (url != null && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Its message would repeat the URL with the password.
        }
        throw new IllegalArgumentException(
                "CARILLON_SMTP_URL is not the URL of a mail server. Write smtp://user:password@host:587 or"
                        + " smtps://user:password@host:465, with special characters percent-encoded.");
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isSmtps(url) ? 465 : 587;
    }

    /** A password leaves this machine only over TLS. */
    private static TransportStrategy transport(URI url) {
        if (isSmtps(url)) {
            return TransportStrategy.SMTPS;
        }
        return url.getRawUserInfo() == null || THIS_MACHINE.contains(url.getHost())
                ? TransportStrategy.SMTP
                : TransportStrategy.SMTP_TLS;
    }

    private static boolean isSmtps(URI url) {
        return "smtps".equals(url.getScheme());
    }

    private static @Nullable String part(@Nullable String login, int index) {
        var parts = login == null ? new String[0] : login.split(":", 2);
        // A plus sign stays a plus sign: this is not form encoding.
        return index < parts.length
                ? URLDecoder.decode(parts[index].replace("+", "%2B"), StandardCharsets.UTF_8)
                : null;
    }
}
