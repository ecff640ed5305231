package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.api.session.SessionCookies;
import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.member.MemberService;
import dev.carillon.core.session.Origin;
import dev.carillon.core.signin.SignIns;
import dev.carillon.core.testing.RecordingMailer;
import dev.carillon.core.user.EmailAddress;
import dev.carillon.core.user.User;
import dev.carillon.core.user.UserService;
import dev.carillon.core.user.VerifiedIdentity;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser: keeps cookies and sends the headers that its session requires. */
final class Browser {
    private final ApiServer api;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private @Nullable String csrfToken;
    private @Nullable String workspace;
    private String mode = "test";

    Browser(ApiServer api) {
        this.api = api;
    }

    /** A signed-in browser, without the sign-in flow. */
    static Browser signedIn(ApiServer api, String email) {
        var browser = withSession(api, email);
        browser.learn();
        return browser;
    }

    /** A browser with a session but no CSRF token: it has not sent a request yet. */
    static Browser withSession(ApiServer api, String email) {
        var address = new EmailAddress(email);
        api.carillon().bean(UserService.class).findOrMake(address);
        var browser = new Browser(api);
        var signedIn = api.carillon()
                .bean(SignIns.class)
                .enter(
                        VerifiedIdentity.byMail(address),
                        new Origin("A browser", InetAddress.getLoopbackAddress()),
                        null);
        var cookie = api.carillon().bean(SessionCookies.class).of(signedIn);
        browser.cookies.put(cookie.getName(), cookie.getValue());
        return browser;
    }

    /** A browser of a signed-in member with the workspace selected. */
    static Browser member(ApiServer api, String email, WorkspaceId workspace, Role role) {
        User user = api.carillon().bean(UserService.class).findOrMake(new EmailAddress(email));
        api.carillon().bean(MemberService.class).add(workspace, user, role);
        return signedIn(api, email).in(workspace.toString());
    }

    Browser in(@Nullable String workspace) {
        this.workspace = workspace;
        return this;
    }

    Browser inMode(String mode) {
        this.mode = mode;
        return this;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    @Nullable
    String csrfToken() {
        return csrfToken;
    }

    /** Signs in with a link from a mail; {@code mail} is the number of the mail. */
    Browser signIn(String email, int mail) {
        assertThat(send("POST", "/v1/sign_in/email", "{\"email\":\"" + email + "\"}")
                        .status())
                .isEqualTo(202);
        var link = URI.create(api.carillon().bean(RecordingMailer.class).link(email, mail));
        var reply = send("POST", link.getPath(), null);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        learn();
        return this;
    }

    private void learn() {
        csrfToken = get("/v1/session").string("csrf_token");
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply send(String method, String path, @Nullable String body) {
        return send(request(method, path, body));
    }

    Reply send(HttpRequest.Builder request) {
        var reply = api.exchange(request);
        for (var cookie : reply.setCookies()) {
            var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            if (pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return reply;
    }

    HttpRequest.Builder request(String method, String path, @Nullable String body) {
        var request = HttpRequest.newBuilder(api.uri(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (!cookies.isEmpty()) {
            request.setHeader(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (csrfToken != null && !method.equals("GET")) {
            request.setHeader("Carillon-CSRF", csrfToken);
        }
        if (workspace != null) {
            request.setHeader("Carillon-Workspace", workspace).setHeader("Carillon-Mode", mode);
        }
        return request;
    }
}
