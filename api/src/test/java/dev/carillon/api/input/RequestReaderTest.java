package dev.carillon.api.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.api.input.Containers.FreeMap;
import dev.carillon.api.input.Scalars.Text;
import dev.carillon.api.input.Scalars.Truth;
import dev.carillon.core.kernel.ApiException;
import dev.carillon.core.kernel.ApiException.Finding;
import dev.carillon.core.kernel.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads every request of the API, and neighbors of its valid bodies, in which one field differs. */
class RequestReaderTest {
    private static final List<Object> OTHER_TYPES =
            List.of("?", -1.5, true, List.of(List.of()), Map.of("?", List.of()));

    static Stream<SampleField> fields() {
        return SampleObject.all()
                .flatMap(object -> object.shape().fields().stream().map(field -> new SampleField(object, field)));
    }

    /** The tests of all fields pass easily if no requests are found. */
    @Test
    void allRequestsAreFound() {
        assertThat(SampleObject.requests())
                .extracting(Class::getSimpleName)
                .hasSizeGreaterThan(20)
                .contains("CreatePostRequest", "ChangeWebhookEndpointRequest", "RotateApiKeyRequest");
        assertThat(fields())
                .extracting(Object::toString)
                .contains(
                        "CreateBatchRequest /posts/0/targets/0/thread/0/text",
                        "CreateApiKeyRequest /rate_limit/per_seconds",
                        "ReschedulePostRequest /publish/at");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aValidValueIsRead(SampleField field) {
        assertThat(read(field.type(), field.valid())).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void nullMeansTheSameAsAbsent(SampleField field) {
        var absent = outcome(field.type(), field.without());

        assertThat(outcome(field.type(), field.with(null))).isEqualTo(absent);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldMayBeAbsentUnlessItIsRequired(SampleField field) {
        if (field.mayBeAbsent()) {
            assertThat(read(field.type(), field.without())).isNotNull();
        } else {
            var refusal = refusal(field.type(), field.without());
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
            assertThat(refusal.param()).isEqualTo(field.pointer());
            assertThat(refusal.detail()).startsWith(field.name()).contains("send ");
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aValueOfAnotherTypeIsRefusedByItsPointer(SampleField field) {
        for (var value : OTHER_TYPES) {
            if (!isOfTheType(field.field().binder(), value)) {
                assertThat(refusal(field.type(), field.with(value)).param())
                        .as("%s", value)
                        .isNotNull()
                        .startsWith(field.pointer());
            }
        }
    }

    private static boolean isOfTheType(Binder binder, Object value) {
        return switch (binder) {
            case Text _ -> value instanceof String;
            case Truth _ -> value instanceof Boolean;
            case FreeMap _ -> value instanceof Map;
            default -> false;
        };
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aMisspelledNameIsRefusedWithTheRightOne(SampleField field) {
        var refusal = refusal(field.type(), field.misspelled());

        assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_PARAMETER);
        assertThat(refusal.param()).isEqualTo(field.pointer() + "x");
        assertThat(refusal.detail()).endsWith("Did you mean %s?".formatted(field.name()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CreatePostRequest    | {"text":1}                  | /text          | text must be a string, such as "Hello"; you sent a number.
            CreatePostRequest    | {"targets":"all"}           | /targets       | targets must be an array of objects, such as [{"account_id": "acct_..."}]; you sent a string.
            CreatePostRequest    | {"targets":[{},7]}          | /targets/1     | targets[1] must be an object, such as {"account_id": "acct_..."}; you sent a number.
            CreatePostRequest    | {"targets":[{"platform":"myspace"}]} | /targets/0/platform | platform must be one of x, instagram, facebook, threads, linkedin, linkedin_page, tiktok, youtube, pinterest, reddit, bluesky, mastodon, telegram, discord, snapchat, wordpress, sandbox.
            CreatePostRequest    | {"allow_past":1}            | /allow_past    | allow_past must be true or false; you sent a number.
            CreatePostRequest    | {"wait":30.0}               | /wait          | wait must be a whole number between 0 and 60; you sent 30.0.
            CreatePostRequest    | {"wait":61}                 | /wait          | wait must be a whole number between 0 and 60; you sent 61.
            CreatePostRequest    | {"wait":"5"}                | /wait          | wait must be a whole number between 0 and 60; you sent a string.
            CreatePostRequest    | {"publish":"soon"}          | /publish       | publish must be "draft", "now" or an object such as {"at": "2026-12-01T09:00:00Z"}.
            CreatePostRequest    | {"publish":7}               | /publish       | publish must be "draft", "now" or an object such as {"at": "2026-12-01T09:00:00Z"}; you sent a number.
            CreatePostRequest    | {"publish":{"at":"noon"}}   | /publish/at    | at must be a time such as 2026-12-01T09:00:00Z, from 1970 to 9999.
            CreatePostRequest    | {"publish":"next_slot"}     | /publish       | publish "next_slot" is not available yet; send "draft", "now" or an object such as {"at": "2026-12-01T09:00:00Z"}.
            CreatePostRequest    | {"misfire_policy":"panic"}  | /misfire_policy | misfire_policy must be "skip" or "publish".
            CreatePostRequest    | {"dry_run":true}            | /dry_run       | dry_run is not available yet; remove it.
            CreatePostRequest    | {"thread":[{"media":[1]}]}  | /thread/0/media | media is not available yet; remove it.
            CreatePostRequest    | {"metadata":{"a/b~c":1}}    | /metadata/a~1b~0c | a/b~c must be a string, such as "spring"; you sent a number.
            CreatePostRequest    | {"a/b~c":1}                 | /a~1b~0c       | There is no field a/b~c here. The fields are allow_duplicate, allow_past, grace_seconds, metadata, misfire_policy, publish, sandbox, targets, text, thread, wait, webhook_url.
            CreateBatchRequest   | {"posts":[]}                | /posts         | posts has 0 entries; send between 1 and 100.
            CreateAgentRequest   | {"name":""}                 | /name          | name is required and must not be empty; send a string, such as "Release notes bot".
            CreateApiKeyRequest  | {"name":"n","scopes":["posts.read",1]} | /scopes | scopes must be an array of strings, such as ["posts.read"].
            CreateApiKeyRequest  | {"name":"n","account_ids":["acct_1"]} | /account_ids/0 | account_ids[0] must be an id such as acct_....
            CreateApiKeyRequest  | {"name":"n","agent_id":"x"} | /agent_id      | agent_id must be an id such as agt_....
            CreateApiKeyRequest  | {"name":"n","rate_limit":{"requests":1}} | /rate_limit/per_seconds | per_seconds is required; send a whole number between 1 and 86400.
            ChangeAccountRequest | {}                          | /account_group_id | account_group_id is required; send an id such as grp_....
            CreateTestClockRequest | {}                        | /now           | now is required; send a time, such as "2026-12-01T09:00:00Z".
            ResolveRequest       | {}                          | /outcome       | outcome is required; send "published" or "not_published".
            CreateSandboxFaultRequest | {"kind":"hang","probability":1.5} | /probability | probability must be a number between 0 and 1, such as 0.5; you sent 1.5.
            ChangeWebhookEndpointRequest | {"headers":{"X-A":null}} | /headers/X-A | X-A must be a string, such as "social"; you sent null.
            """)
    void whatIsWrongIsSaid(String type, String body, String param, String detail) {
        var refusal = refusal(SampleObject.request(type), parsed(body));

        assertThat(refusal.param()).isEqualTo(param);
        assertThat(refusal.detail()).isEqualTo(detail);
        assertThat(refusal.findings()).as("one finding is not listed").isEmpty();
    }

    @Test
    void allFindingsAreListedAndTheFirstDecides() {
        var refusal = refusal(SampleObject.request("CreatePostRequest"), parsed("""
                {"wait": 61, "txt": "a", "targets": [{"account_id": 7}, 7, {"text": null, "name": "x"}], "publish": "soon"}
                """));

        assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_PARAMETER);
        assertThat(refusal.param()).isEqualTo("/txt");
        assertThat(refusal.detail()).isEqualTo("There is no field txt here. Did you mean text?");
        assertThat(refusal.findings())
                .extracting(Finding::pointer)
                .containsExactly("/txt", "/targets/0/account_id", "/targets/1", "/targets/2/name", "/publish", "/wait");
    }

    // Otherwise a small body could cause a reply of many megabytes.
    @Test
    void notMoreThanTwentyFindingsAreListed() {
        var body = "{\"targets\": [%s]}".formatted(String.join(",", Collections.nCopies(1_000, "7")));

        assertThat(refusal(SampleObject.request("CreatePostRequest"), parsed(body))
                        .findings())
                .hasSize(20);
    }

    @Test
    void whatComesLaterIsAllowedWhileItRequestsNothing() {
        var type = SampleObject.request("CreatePostRequest");

        assertThat(read(type, parsed("{\"media\": [], \"link\": null, \"dry_run\": false}")))
                .isEqualTo(read(type, Map.of()));
    }

    @Test
    void entriesThatAreReadSeparatelyAreRefusedByThemselves() {
        var body = parsed("{\"mode\": \"partial\", \"posts\": [{\"text\": \"a\"}, {\"text\": 7}]}");

        var entries = RequestReader.separate(
                        body, SampleObject.request("CreateBatchRequest"), SampleObject.request("CreatePostRequest"))
                .entries();

        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().get()).isNotNull();
        assertThat(catchThrowableOfType(
                                ApiException.class, () -> entries.getLast().get())
                        .param())
                .isEqualTo("/text");
    }

    private static Object outcome(Class<?> type, Map<String, @Nullable Object> body) {
        try {
            return read(type, body);
        } catch (ApiException refusal) {
            return refusal.detail();
        }
    }

    private static ApiException refusal(Class<?> type, Map<String, @Nullable Object> body) {
        return catchThrowableOfType(ApiException.class, () -> read(type, body));
    }

    private static Object read(Class<?> type, Map<String, @Nullable Object> body) {
        return RequestReader.bind(body, type);
    }

    private static Map<String, @Nullable Object> parsed(String body) {
        return JsonBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
