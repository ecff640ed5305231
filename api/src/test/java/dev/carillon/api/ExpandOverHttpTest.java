package dev.carillon.api;

import static dev.carillon.api.ApiServer.postBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.platform.Platform;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpandOverHttpTest {
    private static final String EXPAND = "expand%5B%5D=";

    private static ApiServer api;
    private static String group;
    private static String account;
    private static String post;
    private static String publication;

    @BeforeAll
    static void start() {
        api = ApiServer.start();
        group = api.post("/v1/account_groups", "{\"name\": \"shown in full\"}").string("id");
        account = api.post(
                        "/v1/accounts",
                        "{\"platform\":\"sandbox\",\"username\":\"full\",\"account_group_id\":\"%s\"}".formatted(group))
                .string("id");
        var made = api.post("/v1/posts", postBody(account, "in full", "\"draft\""));
        post = made.string("id");
        publication = made.ids("publications").getFirst();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void withoutAskingNothingIsShownInFull() {
        assertThat(api.get("/v1/posts/" + post).text()).doesNotContain("\"account\":");
        assertThat(api.get("/v1/accounts/" + account).text()).doesNotContain("\"account_group\":");
    }

    @Test
    void aPostShowsTheAccountsOfItsPublications() {
        var shown = first(
                api.get("/v1/posts/" + post + "?" + EXPAND + "publications.account")
                        .json(),
                "publications");

        assertThat(shown).containsEntry("account_id", account);
        assertThat(child(shown, "account"))
                .isEqualTo(api.get("/v1/accounts/" + account).json());
    }

    @Test
    void aListShowsThemAndTheirGroupsToo() {
        var list = api.get("/v1/posts?account_id=" + account + "&" + EXPAND + "publications.account.account_group&"
                + EXPAND + "publications.account");

        var shown = child(first(first(list.json(), "data"), "publications"), "account");
        assertThat(shown).containsEntry("id", account);
        assertThat(child(shown, "account_group"))
                .isEqualTo(api.get("/v1/account_groups/" + group).json());
    }

    @Test
    void publicationsAndAccountsShowWhatTheyName() {
        var ofPublication = api.get("/v1/publications/" + publication + "?" + EXPAND + "account.account_group");
        var ofAccount = api.get("/v1/accounts/" + account + "?" + EXPAND + "account_group");
        var ofAccounts = api.get("/v1/accounts?account_group_id=" + group + "&" + EXPAND + "account_group");

        assertThat(child(child(ofPublication.json(), "account"), "account_group"))
                .containsEntry("id", group);
        assertThat(child(ofAccount.json(), "account_group")).containsEntry("name", "shown in full");
        assertThat(child(first(ofAccounts.json(), "data"), "account_group")).containsEntry("id", group);
    }

    // A live key's simulated post uses sandbox accounts, but the key sees the live account that it named.
    @Test
    void aSimulatedPostShowsTheLiveAccountThatWasNamed() {
        var identity = new Identity("id of live", "live", null, null, "an app");
        var live = api.carillon()
                .bean(AccountService.class)
                .connect(api.carillon().live(), new NewAccount(Platform.X, identity, Credentials.NONE, Map.of()))
                .id()
                .toString();
        var body = postBody(live, "played", "\"draft\"").replace("{\"text\"", "{\"sandbox\":true,\"text\"");
        var simulated = api.exchange(ApiServer.withKey(api.request("POST", "/v1/posts", body), api.liveKey()));
        assertThat(simulated.status()).as(simulated.text()).isEqualTo(201);

        var list = api.get(
                "/v1/posts?sandbox=true&account_id=" + live + "&" + EXPAND + "publications.account", api.liveKey());

        assertThat(child(first(first(list.json(), "data"), "publications"), "account"))
                .containsEntry("id", live)
                .containsEntry("livemode", true);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/posts, account, publications.account",
        "/v1/posts, data.publications.account, publications.account",
        "/v1/posts, publications.account.account_group.accounts, publications.account.account_group",
        "/v1/accounts, '', account_group",
        "/v1/accounts, ACCOUNT_GROUP, account_group"
    })
    void whatCannotBeShownIsRefusedWithWhatCan(String path, String asked, String allowed) {
        var refused = api.get(path + "?" + EXPAND + asked).refused(422, "invalid_parameter");

        assertThat(refused.string("param")).isEqualTo("expand[]");
        assertThat(refused.string("detail")).contains(allowed);
    }

    @Test
    void moreIsShownOnlyToWhoMayReadIt() {
        var workspace = api.carillon().test().workspace();
        var key = api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(workspace, Mode.TEST, "posts only", Set.of(Scope.POSTS_READ))
                .secret()
                .value();

        assertThat(api.get("/v1/posts/" + post, key).status()).isEqualTo(200);
        assertThat(api.get("/v1/posts/" + post + "?" + EXPAND + "publications.account", key)
                        .refused(403, "scope_missing")
                        .string("param"))
                .isEqualTo("accounts.read");
        // The refusal does not reveal whether the publication exists.
        api.get("/v1/publications/pub_00000000000000000000000000?" + EXPAND + "account", key)
                .refused(403, "scope_missing");
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are strings
    private static Map<String, Object> child(Map<String, Object> parent, String field) {
        return (Map<String, Object>) DescribedRoute.child(parent, field);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> first(Map<String, Object> parent, String field) {
        return (Map<String, Object>) ((List<?>) DescribedRoute.child(parent, field)).getFirst();
    }
}
