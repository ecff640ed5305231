package dev.carillon.core.net;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that may be stored. In a JSON body, booleans and numbers are kept unchanged. A string is kept if
 * both its field name and its format show an id or an enumerated word; every other string is reduced to its length and
 * the beginning of its hash. Strings and numbers, such as one-time codes, in fields whose names suggest a secret are not
 * kept at all.
 *
 * @param sha256 the first 16 hexadecimal digits; null if there is no body
 * @param fields by JSON pointer, {@value #MOST_FIELDS} at most; empty if the body is not JSON
 */
@Serdeable
public record BodyTrace(int bytes, @Nullable String sha256, Map<String, Object> fields) {
    private static final int MOST_FIELDS = 40;
    private static final int LONGEST_READ = 64 * 1024;
    private static final int HASH_DIGITS = 16;
    private static final String HIDDEN = "{...}";
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> NAMES = Set.of(
            "$type",
            "cid",
            "code",
            "collection",
            "did",
            "error",
            "id",
            "kind",
            "lang",
            "langs",
            "limit",
            "platform",
            "remaining",
            "repo",
            "reset",
            "rkey",
            "state",
            "status",
            "subcode",
            "type",
            "uri",
            "urn",
            "visibility");
    private static final Pattern NAME = Pattern.compile(".*(?:_id|_ids|Id|Ids|_at|At|_code|_key|_type|_status|_urn)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9$#._:/+@~-]{1,200}");
    private static final Pattern SECRET = Pattern.compile(
            ".*(?:pass|secret|private|token|jwt|auth|credential|signature|apikey|api_key|otp|cookie|session).*",
            Pattern.CASE_INSENSITIVE);

    public BodyTrace {
        fields = Map.copyOf(fields);
    }

    static BodyTrace of(Bytes body) {
        if (body.size() == 0) {
            return new BodyTrace(0, null, Map.of());
        }
        var bytes = body.toArray();
        return new BodyTrace(bytes.length, hash(bytes), bytes.length > LONGEST_READ ? Map.of() : fields(bytes));
    }

    private static Map<String, Object> fields(byte[] body) {
        var kept = new LinkedHashMap<String, Object>();
        try (var parser = JSON.createParser(body)) {
            while (parser.nextToken() != null && kept.size() < MOST_FIELDS) {
                keep(parser, kept);
            }
            return kept;
        } catch (IOException notJson) {
            return Map.of();
        }
    }

    private static void keep(JsonParser parser, Map<String, Object> kept) throws IOException {
        var pointer = parser.getParsingContext().pathAsPointer().toString();
        var name = nameOf(parser);
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                kept.put(pointer, isSecret(name) ? HIDDEN : parser.getNumberValue());
            case VALUE_TRUE, VALUE_FALSE -> kept.put(pointer, parser.getBooleanValue());
            case VALUE_STRING -> kept.put(pointer, kept(name, parser.getText()));
            case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
            case START_OBJECT, END_OBJECT, START_ARRAY, END_ARRAY, FIELD_NAME -> {}
        }
    }

    /** The name of the field that contains the value or the list around it. */
    private static String nameOf(JsonParser parser) {
        var context = parser.getParsingContext();
        while (context != null && context.getCurrentName() == null) {
            context = context.getParent();
        }
        return context == null ? "" : context.getCurrentName();
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    private static Object kept(String name, String text) {
        if (isSecret(name)) {
            return HIDDEN;
        }
        boolean named = NAMES.contains(name.toLowerCase(Locale.ROOT))
                || NAME.matcher(name).matches();
        if (named && WORD.matcher(text).matches()) {
            return text;
        }
        return Map.of("length", text.length(), "sha256", hash(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
