package dev.carillon.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.net.OutboundFailure.Kind;
import dev.carillon.core.net.address.NamedHosts;
import dev.carillon.core.net.address.PublicAddresses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundUrlsTest {
    private static final int OWN_PORT = 8080;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com",
                "https://hooks.example.com/",
                "https://hooks.example.com?",
                "https://hooks.example.com/a/b?c=d&e[]=%20f",
                "https://hooks.example.com/@someone/1",
                "https://HOOKS.Example.com/Path",
                "HTTPS://hooks.example.com/",
                "https://hooks.example.com:443/",
                "https://hooks.example.com:8080/",
                "https://hooks.example.com:8443/",
                "https://hooks.example.com:65535/",
                "https://my_service.example.com/",
                "https://a-b.c-d.example/",
                "https://1and1.example/",
                "https://3com.com/",
                "https://0xdead.beef.example/",
                "https://127.0.0.1.example/",
                "https://localhost.example.com/",
                "https://local.example.com/",
                "https://notlocalhost.com/",
                "https://xn--bcher-kva.example/",
                "https://bsky.social/xrpc/com.atproto.server.createSession",
                "https://8.8.8.8/",
                "https://93.184.215.14:8443/hook",
                "https://172.32.0.1/",
                "https://[2606:4700:4700::1111]/",
                "https://[2001:4860:4860:0:0:0:0:8888]:8443/"
            })
    void anOrdinaryUrlIsAccepted(String url) {
        assertThat(urls().check(url)).isEqualTo(new UrlCheckResult.Accepted(url, false));
    }

    @ParameterizedTest
    @CsvSource({
        "http://hooks.example.com/, BAD_URL, The URL must start with https://.",
        "ftp://hooks.example.com/, BAD_URL, The URL must start with https://.",
        "https://user@hooks.example.com/, BAD_URL, The URL must not contain a user name or a password.",
        "https://hooks.example.com/#part, BAD_URL, The URL must not have a fragment (#).",
        "https://10.0.0.1/, FORBIDDEN_ADDRESS, 10.0.0.1 does not resolve to a public address.",
        "https://hooks.example.com:25/, FORBIDDEN_PORT, Port 25 is not allowed."
    })
    void aRefusalSaysWhatToChange(String url, Kind kind, String message) {
        assertThat(urls().check(url)).isEqualTo(new UrlCheckResult.Refused(new OutboundFailure(kind, message)));
    }

    @Test
    void aUrlMayHave2048Characters() {
        var longest = "https://hooks.example.com/" + "a".repeat(2048 - 26);

        assertThat(urls().check(longest)).isInstanceOf(UrlCheckResult.Accepted.class);
        assertThat(urls().check(longest + "a")).isInstanceOf(UrlCheckResult.Refused.class);
    }

    @Test
    void aListedHostMayBePrivateAndPlainOnAnyHarmlessPort() {
        var urls = urls("localhost", "receiver", "10.1.2.3");

        assertThat(List.of("http://localhost/", "http://receiver:9000/hook", "https://10.1.2.3:8443/"))
                .allSatisfy(url -> assertThat(urls.check(url)).isEqualTo(new UrlCheckResult.Accepted(url, true)));
    }

    @Test
    void aListedHostOpensNeitherOurOwnPortsNorADatabase() {
        var urls = urls("localhost", "127.0.0.1");

        assertThat(List.of("http://localhost:8080/", "https://127.0.0.1:8080/", "http://localhost:5432/"))
                .allSatisfy(url -> assertThat(urls.check(url)).isInstanceOf(UrlCheckResult.Refused.class));
    }

    @Test
    void aListedPortOpensExactlyThatPortEvenIfItIsOurOwn() {
        var urls = urls("127.0.0.1:8080", "[::1]:9000");

        assertThat(urls.check("http://127.0.0.1:8080/")).isInstanceOf(UrlCheckResult.Accepted.class);
        assertThat(urls.check("http://[0:0::1]:9000/")).isInstanceOf(UrlCheckResult.Accepted.class);
        assertThat(List.of(
                        "http://127.0.0.1:8081/",
                        "http://127.0.0.1/",
                        "http://localhost:8080/",
                        "http://127.1:8080/",
                        "http://[::1]:9001/",
                        "http://user@127.0.0.1:8080/"))
                .allSatisfy(url -> assertThat(urls.check(url)).isInstanceOf(UrlCheckResult.Refused.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "*.example.com", "http://host", "host/path", "::1", "10.0.0.0/8", "host:", "127.1", "ho st"
            })
    void anEntryThatCouldNeverMatchIsRefusedAtTheStart(String entry) {
        assertThatThrownBy(() -> urls(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carillon.outbound.allow")
                .hasMessageContaining(entry);
    }

    /** Otherwise a tenant could register the sandbox as a webhook endpoint and write to it. */
    @Test
    void theSandboxIsOpenToItsOwnPurposeAloneAndThatPurposeGoesNowhereElse() {
        var config = Outbound.config(List.of("127.0.0.1"), List.of(7001, 4711), "127.0.0.1:4711");
        var urls = new Outbound(config, new PublicAddresses(Outbound.LEADS_HOME)).urls();

        assertThat(urls.check("http://127.0.0.1:4711/", Purpose.SANDBOX)).isInstanceOf(UrlCheckResult.Accepted.class);
        assertThat(urls.check("http://127.0.0.1:4711/", Purpose.WEBHOOK)).isInstanceOf(UrlCheckResult.Refused.class);
        assertThat(urls.check("http://127.0.0.1:4711/", Purpose.PLATFORM)).isInstanceOf(UrlCheckResult.Refused.class);
        assertThat(urls.check("http://127.0.0.1:4712/", Purpose.SANDBOX)).isInstanceOf(UrlCheckResult.Refused.class);
        assertThat(urls.check("https://hooks.example.com/", Purpose.SANDBOX))
                .isInstanceOf(UrlCheckResult.Refused.class);
    }

    /** The operator allows only the hosts in the settings: no other URL that a provider publishes, and never a webhook's. */
    @Test
    void aHostThatIsNamedForOnePurposeIsOpenToThatAloneAndOnItsPort() {
        var config = Outbound.config(List.of(), List.of(OWN_PORT), "");
        var urls = new Outbound(config, new PublicAddresses(Outbound.LEADS_HOME), List.of(new Providers())).urls();

        assertThat(urls.check("http://login:9000/token", Purpose.SIGN_IN))
                .isEqualTo(new UrlCheckResult.Accepted("http://login:9000/token", true));
        assertThat(urls.check("https://login.example.com/token", Purpose.SIGN_IN))
                .isEqualTo(new UrlCheckResult.Accepted("https://login.example.com/token", true));
        assertThat(urls.check("https://keys.example.com/", Purpose.SIGN_IN))
                .isEqualTo(new UrlCheckResult.Accepted("https://keys.example.com/", false));
        assertThat(urls.check("http://login:9001/token", Purpose.SIGN_IN)).isInstanceOf(UrlCheckResult.Refused.class);
        assertThat(urls.check("http://10.0.0.1/", Purpose.SIGN_IN)).isInstanceOf(UrlCheckResult.Refused.class);
        assertThat(urls.check("http://login:9000/token", Purpose.WEBHOOK)).isInstanceOf(UrlCheckResult.Refused.class);
        assertThat(urls.check("http://login:9000/token", Purpose.PLATFORM)).isInstanceOf(UrlCheckResult.Refused.class);
    }

    private record Providers() implements NamedHosts {
        @Override
        public Purpose purpose() {
            return Purpose.SIGN_IN;
        }

        @Override
        public List<String> urls() {
            return List.of("http://login:9000/realms/one", "https://login.example.com");
        }
    }

    private static OutboundUrls urls(String... allow) {
        var config = Outbound.config(List.of(allow), List.of(OWN_PORT), "");
        return new Outbound(config, new PublicAddresses(Outbound.LEADS_HOME)).urls();
    }
}
