package dev.carillon.core.net;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A URL in a notation so narrow that no two parsers read it differently: plain ASCII, no credentials, no fragment, no
 * escapes in the host, addresses in their usual notation only.
 *
 * @param host in lower case, an IPv6 address without its brackets
 * @param port the scheme's default if the text has none
 * @param rest path and query
 */
public record UrlParts(boolean secure, String host, int port, boolean hasPort, String rest) {
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>https?)://(?<host>\\[[0-9a-f:.]+]|[a-z0-9._-]+)"
                    + "(?::(?<port>[1-9][0-9]{0,4}))?(?<rest>[/?][a-z0-9._~:/?\\[\\]@!$&'()*+,;=%-]*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");
    private static final Pattern IPV4 = Pattern.compile(
            "((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])");
    private static final int LONGEST_HOST = 253;
    private static final int LAST_PORT = 65_535;

    public static Optional<UrlParts> parse(String text) {
        var matcher = URL.matcher(text);
        var parsed = HttpUrl.parse(text);
        if (!matcher.matches() || parsed == null || parsed.port() > LAST_PORT) {
            return Optional.empty();
        }
        boolean written = isAddressOrName(matcher.group("host").toLowerCase(Locale.ROOT), parsed.host());
        return written ? Optional.of(of(matcher, parsed)) : Optional.empty();
    }

    private static UrlParts of(Matcher matcher, HttpUrl parsed) {
        var rest = Optional.ofNullable(matcher.group("rest")).orElse("");
        return new UrlParts(parsed.isHttps(), parsed.host(), parsed.port(), matcher.group("port") != null, rest);
    }

    /** Compares the written host with OkHttp's reading of it: if they differ, the text is refused. */
    private static boolean isAddressOrName(String written, String understood) {
        if (written.startsWith("[")) {
            return understood.indexOf(':') >= 0;
        }
        if (!written.equals(understood) || written.length() > LONGEST_HOST) {
            return false;
        }
        return ENDS_IN_NUMBER.matcher(written).matches() ? isIpv4(written) : isName(written);
    }

    private static boolean isName(String host) {
        for (var label : host.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv4(String host) {
        return IPV4.matcher(host).matches();
    }

    boolean isLiteral() {
        return host.indexOf(':') >= 0 || isIpv4(host);
    }

    public String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
