package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.kernel.ErrorCode;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ErrorCatalogueOverHttpTest {
    private static final String ERRORS = "/v1/errors";

    private static ApiServer api;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyCodeIsListedOnceInTheCataloguesOrderAndNothingElseIs() {
        var list = withoutKey(ERRORS);

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.json())
                .containsEntry("object", "list")
                .containsEntry("has_more", false)
                .containsEntry("next_cursor", null);
        assertThat(list.json().get("data"))
                .asInstanceOf(LIST)
                .map(entry -> ((Map<?, ?>) entry).get("code"))
                .isEqualTo(Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wireName)
                        .toList());
    }

    @Test
    void aCodeIsExplainedAsItIsInTheList() {
        var one = withoutKey(ERRORS + "/scope_missing").json();

        assertThat(withoutKey(ERRORS).json().get("data")).asInstanceOf(LIST).contains(one);
        assertThat(one)
                .containsEntry("object", "error_code")
                .containsEntry("status", 403)
                .containsEntry("retryable", false)
                .containsEntry("auto_fixable", false)
                .containsEntry("applies_to", "request")
                .containsEntry("fix", ErrorCode.SCOPE_MISSING.suggestedAction())
                .containsKeys("title", "meaning", "cause");
    }

    @Test
    void whatAReplySaysOfItsCodeIsWhatTheCatalogueSays() {
        var refused = api.get("/v1/posts?limit=0").refused(422, "invalid_parameter");

        var type = refused.string("type");
        var explained = withoutKey(ERRORS + type.substring(type.lastIndexOf('/')));

        assertThat(explained.json())
                .containsEntry("code", refused.string("code"))
                .containsEntry("title", refused.string("title"))
                .containsEntry("fix", refused.string("suggested_action"));
        assertThat(explained.json().get("status")).isEqualTo(refused.status());
    }

    @Test
    void anUnknownCodeIsNotFoundAndTheNearestIsNamed() {
        assertThat(withoutKey(ERRORS + "/scope_mising")
                        .refused(404, "not_found")
                        .string("detail"))
                .isEqualTo("There is no error code scope_mising. Did you mean scope_missing?");
        assertThat(withoutKey(ERRORS + "/" + "x".repeat(1_000))
                        .refused(404, "not_found")
                        .string("detail"))
                .hasSizeLessThan(150)
                .endsWith("GET /v1/errors lists all codes.");
        withoutKey(ERRORS + "/Scope_Missing").refused(404, "not_found");
        withoutKey(ERRORS + "?limit=1").refused(422, "unknown_parameter");
    }

    // A caller with a wrong key is the one who needs the explanation of api_key_invalid.
    @Test
    void aWrongKeyDoesNotShutTheDocumentation() {
        assertThat(api.get(ERRORS + "/api_key_invalid", "crl_test_unknown").status())
                .isEqualTo(200);
    }

    @Test
    void theDescriptionSaysThatNoKeyIsNeeded() {
        var paths = withoutKey("/openapi.json").json().get("paths");

        for (var path : List.of(ERRORS, ERRORS + "/{code}")) {
            assertThat(paths)
                    .asInstanceOf(MAP)
                    .extractingByKey(path, MAP)
                    .extractingByKey("get", MAP)
                    .containsEntry("security", List.of());
        }
    }

    private static Reply withoutKey(String path) {
        return api.exchange(HttpRequest.newBuilder(api.uri(path)));
    }
}
