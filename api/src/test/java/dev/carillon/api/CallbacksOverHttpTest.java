package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.kernel.Mode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CallbacksOverHttpTest {
    private static final String URL = "https://caller.example/done";
    private static final String SECRET = "/v1/callback_secret";
    private static final String ROTATE = SECRET + "/rotate";

    private static ApiServer api;
    private static String account;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        account = api.account("told");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aPostShowsItsAddressWhereverItIsRead() {
        var made = api.post("/v1/posts", post("shown", URL), "Idempotency-Key", "told");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json()).containsEntry("webhook_url", URL);
        assertThat(api.post("/v1/posts", post("shown", URL), "Idempotency-Key", "told")
                        .text())
                .isEqualTo(made.text());
        var path = "/v1/posts/" + made.string("id");
        assertThat(api.get(path).json()).containsEntry("webhook_url", URL);
        assertThat(api.get("/v1/posts?limit=1").text()).contains(URL);
        var changed = api.exchange(api.request("PATCH", path, "{\"revision\": 1, \"text\": \"changed\"}"));
        assertThat(changed.json()).as("omitted fields keep their values").containsEntry("webhook_url", URL);
        assertThat(api.post("/v1/posts", ApiServer.postBody(account, "untold", "\"draft\""))
                        .json())
                .containsEntry("webhook_url", null);
        assertThat(api.get("/v1/webhook_endpoints").ids("data"))
                .as("the callback endpoint is hidden")
                .isEmpty();
    }

    @Test
    void anAddressThatMayNotBeCalledIsRefusedByItsPointer() {
        for (var url : List.of("http://caller.example/", "https://127.0.0.1/", "https://localhost/", "no", "")) {
            var refused = api.post("/v1/posts", post("refused", url)).refused(422, "address_not_allowed");
            assertThat(refused.json()).as(url).containsEntry("param", "/webhook_url");
        }
        assertThat(api.post("/v1/posts", post("refused", "https://caller.example/" + "x".repeat(2_000)))
                        .refused(422, "invalid_parameter")
                        .json())
                .containsEntry("param", "/webhook_url");
    }

    @Test
    void eachPostOfABatchHasItsOwn() {
        var atomic = "{\"posts\": [%s, %s]}".formatted(post("batch one", URL), post("batch two", "https://10.0.0.1/"));

        assertThat(api.post("/v1/posts/batch", atomic)
                        .refused(422, "address_not_allowed")
                        .json())
                .containsEntry("param", "/posts/1/webhook_url");

        var partial = api.post("/v1/posts/batch", atomic.replace("{\"posts\"", "{\"mode\": \"partial\", \"posts\""));
        assertThat(partial.text())
                .contains("\"webhook_url\":\"" + URL + "\"")
                .contains("\"status\":201")
                .contains("\"param\":\"/posts/1/webhook_url\"");
    }

    // Otherwise a stolen key could read the secret and sign events that seem to come from us.
    @Test
    void theSecretIsShownWhenItIsMadeOrRotatedAndNeverElse() {
        var key = ApiServer.secretOf(api.carillon().newKey(api.carillon().newWorkspace(), Mode.TEST));
        api.get(SECRET, key).refused(404, "not_found");

        var made = rotate(key, "", "first");
        var again = rotate(key, "", "first");
        var rotated = rotate(key, "{\"expires_previous_in\": 60}", "second");

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.string("secret")).startsWith("whsec_");
        assertThat(made.json()).containsEntry("rotated_at", null).containsEntry("previous_secret_until", null);
        assertThat(again.text()).isEqualTo(made.text());
        assertThat(rotated.string("secret")).startsWith("whsec_").isNotEqualTo(made.string("secret"));
        assertThat(rotated.string("previous_secret_until")).isNotEqualTo("null");
        var read = api.get(SECRET, key);
        assertThat(read.json())
                .containsEntry("secret", null)
                .containsEntry("created_at", made.json().get("created_at"))
                .containsEntry("rotated_at", rotated.json().get("rotated_at"));
        assertThat(rotate(key, "{\"expires_previous_in\": 604801}", "third")
                        .refused(422, "invalid_parameter")
                        .json())
                .containsEntry("param", "/expires_previous_in");
    }

    private static ApiServer.Reply rotate(String key, String body, String idempotencyKey) {
        return api.exchange(
                ApiServer.withKey(api.request("POST", ROTATE, body), key).setHeader("Idempotency-Key", idempotencyKey));
    }

    private static String post(String text, String url) {
        return ApiServer.postBody(account, text, "\"draft\"")
                .replaceFirst("\\{", "{\"webhook_url\": \"%s\", ".formatted(url));
    }
}
