package dev.carillon.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Input that an attacker or a broken program could send. The same seed gives the same input. */
final class HostileInput {
    /** JSON values to send in place of the expected value. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-0.0",
            "-1",
            "0.5",
            "1e400",
            "-1e400",
            "1e-400",
            "1E2",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "2147483648",
            "9".repeat(200),
            "NaN",
            "Infinity",
            "00",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"\u202e\u200d\ufeff\uffff\"",
            "\"e\u0301\u0301\u0301\"",
            "\"\\n\\t\\u001b[2J\\r\"",
            "\"" + "x".repeat(5_000) + "\"",
            "\"" + "\\ud83d\\ude00".repeat(200) + "\"",
            "\"../../../../etc/passwd\"",
            "\"'; DROP TABLE post; --\"",
            "\"${jndi:ldap://127.0.0.1/a}\"",
            "\"<script>alert(1)</script>\"",
            "\"%00%0d%0aSet-Cookie: a=b\"",
            "\"%s%n%d\"",
            "\"http://127.0.0.1:1/\"",
            "\"https://[::1\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2027-01-01T00:00:00\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"0000-01-01T00:00:00+18:00\"",
            "\"9999-12-31T23:59:59.999999999-18:00\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[{}]",
            "[1,\"a\",null,[],{}]",
            "{\"a\":{\"b\":null}}",
            "{\"\":\"\"}",
            "{\"__proto__\":{},\"constructor\":1}",
            "[".repeat(20) + "]".repeat(20),
            "[".repeat(40) + "]".repeat(40),
            "[%s]".formatted("0,".repeat(300) + "0"));

    /** Complete bodies. */
    private static final List<String> BODIES = List.of(
            "",
            " ",
            "\u0000",
            "\ufeff{}",
            "nonsense",
            "null",
            "[]",
            "\"text\"",
            "0",
            "{",
            "}",
            "{}{}",
            "{} trailing",
            "{}\u0000",
            "{}",
            "{\"\":1}",
            "{\"a\":1,\"a\":2}",
            "{\"id\":\"post_1\",\"livemode\":true,\"workspace_id\":\"ws_1\"}",
            "{\"a\":" + "[".repeat(5_000),
            "a=b&c=d",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>");

    /** Cursors in the format of some lists; other lists use ids. */
    private static final List<String> CURSORS = Stream.of(
                    "0.a",
                    "-1.post_",
                    ".",
                    "9223372036854775807.x",
                    "-9223372036854775808.x",
                    "1700000000000000.00000000-0000-0000-0000-000000000000",
                    "-9223372036854775808.00000000-0000-0000-0000-000000000000",
                    "1700000000000000.'; --",
                    "1700000000000000.\0",
                    "1e400.a",
                    "a.b")
            .map(text -> Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
            .toList();

    private static final List<String> CONTENT_TYPES = List.of(
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/json; charset=",
            "application/json;;;=",
            "APPLICATION/JSON",
            "application/merge-patch+json",
            "application/*",
            "*/*",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "nonsense",
            "/");

    private static final List<String> ACCEPTS = List.of(
            "application/json", "application/*", "*/*;q=0.1", "text/html", "nonsense", ";", "application/json;q=2");

    /** A value in a JSON body: a string that is not a field name, a number, {@code true}, {@code false} or {@code null}. */
    private static final Pattern LITERAL =
            Pattern.compile("\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"(?!\\s*:)|-?\\d[\\d.eE+-]*|true|false|null");

    private final Random random;

    HostileInput(long seed) {
        this.random = new Random(seed);
    }

    <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    boolean oneIn(int number) {
        return random.nextInt(number) == 0;
    }

    String contentType() {
        return oneOf(CONTENT_TYPES);
    }

    String accept() {
        return oneOf(ACCEPTS);
    }

    /** A URL-encoded value for a path or a query, sometimes malformed or encoded twice. */
    String encoded() {
        var value = oneOf(VALUES);
        var text = value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
        var encoded = URLEncoder.encode(text.isEmpty() ? " " : text, StandardCharsets.UTF_8);
        var bytes = List.of("%00", "%ff", "%c0%af", "%ed%a0%80", "%2e%2e%2f", "%0d%0a", "%25zz", ".", ";a=b");
        var shortened = encoded.length() > 3_000 ? "x".repeat(3_000) : encoded;
        return oneIn(3) ? oneOf(bytes) : shortened;
    }

    String cursor() {
        return oneIn(4) ? bent(oneOf(CURSORS)) : oneOf(CURSORS);
    }

    /** Replaces one character of a text. */
    String bent(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at)
                + oneOf(List.of("", "A", "0", "_", "-", "%3D", "zzzz"))
                + text.substring(Math.min(text.length(), at + 1));
    }

    String idempotencyKey() {
        return oneOf(List.of("a", "x".repeat(255), "x".repeat(256), " ", "é", "key \"with\" quotes", "a\tb"));
    }

    byte[] body(List<SampleBody> samples) {
        if (samples.isEmpty() || oneIn(6)) {
            return oneOf(BODIES).getBytes(StandardCharsets.UTF_8);
        }
        var sample = oneOf(samples);
        if (oneIn(4)) {
            return sample.json().getBytes(StandardCharsets.UTF_8);
        }
        var fields = new LinkedHashMap<>(sample.fields());
        sample.optional().forEach((name, value) -> {
            if (oneIn(3)) {
                fields.putIfAbsent(name, value);
            }
        });
        var text = SampleBody.json(bent(fields));
        for (int i = random.nextInt(3); i > 0; i--) {
            text = withAnotherLiteral(text);
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return oneIn(8) ? damaged(bytes) : bytes;
    }

    private Map<String, String> bent(Map<String, String> fields) {
        if (fields.isEmpty()) {
            return Map.of(oneOf(List.of("a", "targets", "wait", "x".repeat(2_000))), oneOf(VALUES));
        }
        var bent = new LinkedHashMap<>(fields);
        var name = oneOf(List.copyOf(fields.keySet()));
        switch (random.nextInt(5)) {
            case 0 -> bent.remove(name);
            case 1 -> bent.put(name + "s", oneOf(VALUES));
            case 2 -> bent.put("metadata", "{\"%s\":%s}".formatted("k".repeat(random.nextInt(50)), oneOf(VALUES)));
            default -> bent.put(name, oneOf(VALUES));
        }
        return bent;
    }

    private String withAnotherLiteral(String text) {
        var literals = LITERAL.matcher(text).results().toList();
        if (literals.isEmpty()) {
            return text;
        }
        var literal = oneOf(literals);
        return text.substring(0, literal.start()) + oneOf(VALUES) + text.substring(literal.end());
    }

    private byte[] damaged(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        if (oneIn(2)) {
            return Arrays.copyOf(bytes, at);
        }
        var damaged = bytes.clone();
        damaged[at] = (byte) random.nextInt(256);
        return damaged;
    }
}
