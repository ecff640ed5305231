package dev.carillon.api.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ErrorCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as one JSON object, strictly: valid UTF-8, no duplicate names in an object, no number out of range, nothing that the
 * database cannot store, at most {@value #DEEPEST} levels. Two readers then never disagree about the meaning of a request.
 */
public final class JsonBody {
    private static final String UTF_8 = "utf-8";
    private static final int DEEPEST = 32;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 100;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonBody() {}

    /**
     * The fields of the object in the body: strings, longs, doubles, booleans, lists and maps.
     *
     * @throws ApiException {@code body_not_json}, with the position at which parsing failed; {@code unsupported_media_type} for another charset
     */
    static Map<String, @Nullable Object> read(HttpRequest<byte[]> request) {
        refuseUnlessUtf8(request);
        return parse(bytes(request));
    }

    static Map<String, @Nullable Object> parse(byte[] body) {
        try (var parser = FACTORY.createParser(text(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notJson(
                        parser.currentToken() == null
                                ? "The body is empty; send a JSON object."
                                : "The body is JSON but not an object; send an object, such as {\"text\": \"Hello\"}.");
            }
            var fields = object(parser);
            if (parser.nextToken() != null) {
                throw notJson(
                        "There is more text after the JSON object%s; send only the object.".formatted(place(parser)));
            }
            return fields;
        } catch (IOException e) {
            throw notJson(reason(e));
        }
    }

    /** As {@link #read}; no fields if there is no body. */
    static Map<String, @Nullable Object> readOptional(HttpRequest<byte[]> request) {
        return bytes(request).length == 0 ? Map.of() : read(request);
    }

    /** For routes that take no input: accepts no body or an empty object. */
    public static void requireEmpty(HttpRequest<byte[]> request) {
        var findings = new Findings();
        readOptional(request).keySet().forEach(name -> Shape.refuseUnknown(Place.BODY, name, Set.of(), findings));
        findings.refuseIfAny();
    }

    /** The fields of an object within a body. */
    static Map<String, @Nullable Object> fields(Map<?, ?> object) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((name, value) -> fields.put((String) name, value));
        return fields;
    }

    /** The bytes of the body; empty if there is none. */
    public static byte[] bytes(HttpRequest<byte[]> request) {
        return request.getBody().orElseGet(() -> new byte[0]);
    }

    /** JSON is UTF-8 (RFC 8259, 8.1); a caller that declares another charset means other characters than we would read. */
    private static void refuseUnlessUtf8(HttpRequest<byte[]> request) {
        var header = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (header == null) {
            return;
        }
        var charset = request.getContentType()
                .orElseThrow(() -> wrongType("The Content-Type %s is not valid.".formatted(SafeQuote.of(header))))
                .getParameters()
                .get("charset")
                .map(word -> word.toString().replace("\"", ""));
        if (!charset.orElse(UTF_8).equalsIgnoreCase(UTF_8)) {
            throw wrongType("JSON must be in UTF-8, not in %s.".formatted(SafeQuote.of(charset.orElse(""))));
        }
    }

    private static ApiException wrongType(String detail) {
        return ErrorCode.UNSUPPORTED_MEDIA_TYPE.at(
                HttpHeaders.CONTENT_TYPE, detail + " Send 'Content-Type: application/json' and the body in UTF-8.");
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notJson("The body is not valid UTF-8; encode it in UTF-8.");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof com.fasterxml.jackson.core.JacksonException parsing && parsing.getLocation() != null) {
            return "The body is not valid JSON at line %d, column %d: %s"
                    .formatted(
                            parsing.getLocation().getLineNr(),
                            parsing.getLocation().getColumnNr(),
                            kind(parsing.getOriginalMessage()));
        }
        return "The body is not valid JSON; send a JSON object, such as {\"text\": \"Hello\"}.";
    }

    /** The parser's messages may quote the body; only those that do not are passed on. */
    private static String kind(@Nullable String message) {
        if (message != null && message.startsWith("Duplicate field")) {
            return "an object has the same field twice; remove one.";
        }
        if (message != null && message.contains("exceeds the maximum")) {
            return "it has more than %d levels, a field name of more than %d characters, or a number of more than %d."
                    .formatted(DEEPEST, LONGEST_NAME, LONGEST_NUMBER);
        }
        return "check for a missing or extra quotation mark, comma or bracket.";
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = storable(parser, parser.currentName());
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        var values = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> storable(parser, parser.getText());
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw notJson("The body ends in the middle of a value; send the complete JSON object.");
        };
    }

    private static Object whole(JsonParser parser) throws IOException {
        try {
            return Long.parseLong(parser.getText());
        } catch (NumberFormatException e) {
            throw notJson("The whole number%s does not fit into a signed 64-bit integer.".formatted(place(parser)));
        }
    }

    private static Object fraction(JsonParser parser) throws IOException {
        double value = Double.parseDouble(parser.getText());
        if (Double.isInfinite(value)) {
            throw notJson("The number%s is out of range; at most 1.7e308 is allowed.".formatted(place(parser)));
        }
        return value;
    }

    /** Refuses what PostgreSQL cannot store: NUL characters, and unpaired surrogates, which are not characters. */
    private static String storable(JsonParser parser, String text) {
        if (text.indexOf(0) >= 0) {
            throw notJson("The string%s contains the character NUL, which cannot be stored; remove it."
                    .formatted(place(parser)));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(CharBuffer.wrap(text))) {
            throw notJson("The string%s contains half of a surrogate pair; send the whole character."
                    .formatted(place(parser)));
        }
        return text;
    }

    private static String place(JsonParser parser) {
        var at = parser.currentTokenLocation();
        return " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    private static ApiException notJson(String detail) {
        return ErrorCode.BODY_NOT_JSON.because(detail);
    }
}
