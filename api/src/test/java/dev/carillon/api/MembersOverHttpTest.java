package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Role;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.testing.RecordingMailer;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MembersOverHttpTest {
    // A second on a quiet machine; the requests themselves take as long on a busy one.
    private static final Duration SHORTLY = Duration.ofSeconds(5);
    private static ApiServer api;
    private static RecordingMailer mailer;

    @BeforeAll
    static void start() {
        api = ApiServer.start(Map.of("carillon.testing.recording-mailer", "true", "carillon.invitations.pause", "0s"));
        mailer = api.carillon().bean(RecordingMailer.class);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String workspaceOf(Browser browser, String name) {
        var made = browser.send("POST", "/v1/workspaces", "{\"name\":\"" + name + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.string("id");
    }

    private static String invitation(String email, String role) {
        return "{\"email\":\"%s\",\"role\":\"%s\"}".formatted(email, role);
    }

    private static Reply accept(Browser browser, String email, int mail) {
        return browser.send("POST", URI.create(mailer.link(email, mail)).getPath(), null);
    }

    @Test
    void aPersonMakesAWorkspaceAndHasAllOfIt() {
        var ada = Browser.signedIn(api, "ada@example.org");

        var id = workspaceOf(ada, "Bells");

        ada.in(id);
        assertThat(ada.get("/v1/workspaces").text()).contains(id, "\"role\":\"owner\"");
        assertThat(ada.get("/v1/workspaces/" + id).json())
                .containsEntry("name", "Bells")
                .containsEntry("role", "owner")
                .containsEntry("plan_id", "self_hosted");
        assertThat(ada.send("PATCH", "/v1/workspaces/" + id, "{\"name\":\"Chimes\"}")
                        .string("name"))
                .isEqualTo("Chimes");
        assertThat(ada.get("/v1/account_groups").text()).contains("\"Default\"");
        var account = ada.send("POST", "/v1/accounts", "{\"platform\":\"sandbox\",\"username\":\"ada\"}")
                .string("id");
        assertThat(ada.send("POST", "/v1/posts", ApiServer.postBody(account, "mine", "\"draft\""))
                        .status())
                .isEqualTo(201);
        assertThat(ada.send(
                                "POST",
                                "/v1/webhook_endpoints",
                                "{\"url\":\"https://receiver.example/hook\",\"events\":[\"*\"]}")
                        .status())
                .as("the workspace has a data key")
                .isEqualTo(201);
    }

    @Test
    void whoIsInvitedSignsInByMailAndAccepts() {
        var owner = Browser.signedIn(api, "owner@example.org");
        var id = workspaceOf(owner, "Inviting");

        var invited =
                owner.send("POST", "/v1/workspaces/" + id + "/invitations", invitation("New@Example.org", "editor"));

        assertThat(invited.status()).as(invited.text()).isEqualTo(201);
        assertThat(invited.json()).containsEntry("status", "open").containsEntry("email", "new@example.org");
        var link = mailer.link("new@example.org", 1);
        assertThat(invited.text()).doesNotContain(link.substring(link.lastIndexOf('/') + 1));
        assertThat(new Browser(api).get(URI.create(link).getPath()).text()).contains("<button>Accept</button>");
        var newcomer = new Browser(api).signIn("new@example.org", 2);
        assertThat(newcomer.get("/v1/workspaces").ids("data")).isEmpty();

        var accepted = accept(newcomer, "new@example.org", 1);

        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        assertThat(accepted.json()).containsEntry("role", "editor");
        assertThat(newcomer.get("/v1/workspaces").ids("data")).containsExactly(id);
        assertThat(newcomer.in(id).get("/v1/posts").status()).isEqualTo(200);
        assertThat(owner.get("/v1/workspaces/" + id + "/members").ids("data")).hasSize(2);
        assertThat(owner.get("/v1/workspaces/" + id + "/invitations/" + invited.string("id"))
                        .string("status"))
                .isEqualTo("accepted");
        accept(newcomer, "new@example.org", 1).refused(410, "invitation_invalid");
    }

    // Another person who has the mail must not be able to accept the invitation.
    @Test
    void anInvitationIsForItsAddressAlone() {
        var owner = Browser.signedIn(api, "owner2@example.org");
        var id = workspaceOf(owner, "Private");
        owner.send("POST", "/v1/workspaces/" + id + "/invitations", invitation("meant@example.org", "admin"));
        var other = Browser.signedIn(api, "finder@example.org");

        accept(other, "meant@example.org", 1).refused(403, "invitation_for_another");
        new Browser(api)
                .send("POST", URI.create(mailer.link("meant@example.org", 1)).getPath(), null)
                .refused(401, "authentication_required");
        var meant = Browser.signedIn(api, "meant@example.org");
        var lured = meant.request(
                        "POST", URI.create(mailer.link("meant@example.org", 1)).getPath(), null)
                .header("Origin", "https://evil.example");
        meant.send(lured).refused(403, "csrf_token_invalid");
        var byForm = new Browser(api);
        byForm.cookies().putAll(meant.cookies());
        var path = URI.create(mailer.link("meant@example.org", 1)).getPath();
        byForm.send("POST", path, null).refused(403, "csrf_token_invalid");
        var page = byForm.send(byForm.request("POST", path, null)
                .header("Origin", "http://localhost:" + api.port())
                .header("Accept", "text/html"));
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(page.text()).contains("You are a member", "of Private");
    }

    @Test
    void anInvitationIsSentAgainRevokedAndExpires() throws SQLException {
        var owner = Browser.signedIn(api, "owner3@example.org");
        var id = workspaceOf(owner, "Again");
        var path = "/v1/workspaces/" + id + "/invitations";
        var invitation = owner.send("POST", path, invitation("again@example.org", "viewer"))
                .string("id");
        owner.send("POST", path, invitation("again@example.org", "viewer")).refused(409, "already_invited");
        var guest = Browser.signedIn(api, "again@example.org");

        assertThat(owner.send("POST", path + "/" + invitation + "/resend", null).status())
                .isEqualTo(200);

        mailer.link("again@example.org", 2);
        accept(guest, "again@example.org", 1).refused(410, "invitation_invalid");
        assertThat(owner.send("DELETE", path + "/" + invitation, null).string("status"))
                .isEqualTo("revoked");
        assertThat(owner.send("DELETE", path + "/" + invitation, null).string("status"))
                .isEqualTo("revoked");
        accept(guest, "again@example.org", 2).refused(410, "invitation_invalid");
        owner.send("POST", path + "/" + invitation + "/resend", null).refused(410, "invitation_invalid");

        owner.send("POST", path, invitation("again@example.org", "viewer"));
        mailer.link("again@example.org", 3);
        try (var connection = api.carillon().database().asOwner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE invitation SET expires_at = clock_timestamp() WHERE email = 'again@example.org'");
        }
        accept(guest, "again@example.org", 3).refused(410, "invitation_invalid");
        assertThat(owner.send("POST", path, invitation("again@example.org", "editor"))
                        .status())
                .as("an expired invitation does not block a new one")
                .isEqualTo(201);
        assertThat(accept(guest, "again@example.org", 4).json()).containsEntry("role", "editor");
        owner.send("POST", path, invitation("again@example.org", "viewer")).refused(409, "already_member");
    }

    // A user can create many workspaces. A limit for each workspace alone would not limit the mails to one address.
    @Test
    void oneAddressIsSentOnlySoManyInvitationsByAllWorkspacesTogether() {
        var email = "flooded@example.org";
        int sent = 0;
        for (int workspace = 0; workspace < 2; workspace++) {
            var owner = Browser.signedIn(api, "flooder%d@example.org".formatted(workspace));
            var path = "/v1/workspaces/" + workspaceOf(owner, "Flood") + "/invitations";
            var invitation =
                    owner.send("POST", path, invitation(email, "viewer")).string("id");
            sent++;
            for (int again = 0; again < 4; again++) {
                assertThat(owner.send("POST", path + "/" + invitation + "/resend", null)
                                .status())
                        .isEqualTo(200);
                sent++;
            }
            owner.send("POST", path + "/" + invitation + "/resend", null).refused(429, "too_many_mails");
        }
        assertThat(sent).isEqualTo(10);
        var third = Browser.signedIn(api, "flooder3@example.org");
        var path = "/v1/workspaces/" + workspaceOf(third, "Flood") + "/invitations";

        third.send("POST", path, invitation(email, "viewer")).refused(429, "too_many_mails");

        assertThat(third.get(path).ids("data")).as("nothing is stored").isEmpty();
        assertThat(third.send("POST", path, invitation("another@example.org", "viewer"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void twoWhoAcceptOneInvitationAtOneMomentAreOneMember() throws Exception {
        var owner = Browser.signedIn(api, "owner4@example.org");
        var id = workspaceOf(owner, "Race");
        for (int round = 0; round < 5; round++) {
            var email = "racer" + round + "@example.org";
            owner.send("POST", "/v1/workspaces/" + id + "/invitations", invitation(email, "viewer"));
            var racer = Browser.signedIn(api, email);
            mailer.link(email, 1);

            var statuses = atOnce(List.of(() -> accept(racer, email, 1), () -> accept(racer, email, 1)));

            assertThat(statuses).containsExactlyInAnyOrder(200, 410);
        }
        assertThat(owner.get("/v1/workspaces/" + id + "/members").ids("data")).hasSize(6);
    }

    @Test
    void whoMakesWorkspacesAtOneMomentOwnsNoMoreThanTheLimit() throws Exception {
        var ada = Browser.signedIn(api, "many@example.org");
        for (int owned = 0; owned < 18; owned++) {
            workspaceOf(ada, "Number " + owned);
        }

        var statuses =
                atOnce(Collections.nCopies(6, () -> ada.send("POST", "/v1/workspaces", "{\"name\":\"One more\"}")));

        assertThat(statuses).containsExactlyInAnyOrder(201, 201, 422, 422, 422, 422);
        assertThat(ada.get("/v1/workspaces").ids("data")).hasSize(20);
    }

    // Without a lock, each transaction would see the other owner as the one who stays.
    @Test
    void ofTwoOwnersWhoAreDemotedAtOneMomentOneStays() throws Exception {
        for (int round = 0; round < 8; round++) {
            var first = Browser.signedIn(api, "first" + round + "@example.org");
            var id = workspaceOf(first, "Owners");
            var second = Browser.member(
                    api,
                    "second" + round + "@example.org",
                    WorkspaceId.KIND.read(id).orElseThrow(),
                    Role.OWNER);
            var members = "/v1/workspaces/" + id + "/members/";
            var mine = first.in(id).get("/v1/me").string("id");
            var theirs = second.get("/v1/me").string("id");

            var statuses = atOnce(List.of(
                    () -> first.send("PATCH", members + theirs, "{\"role\":\"viewer\"}"),
                    () -> second.send("DELETE", members + mine, null)));

            assertThat(statuses).containsAnyOf(200).containsAnyOf(403, 404, 409).hasSize(2);
            var left = first.get("/v1/workspaces/" + id + "/members").status() == 200 ? first : second;
            assertThat(left.get("/v1/workspaces/" + id + "/members").text()).containsOnlyOnce("\"role\":\"owner\"");
        }
    }

    @Test
    void ofTwoOwnersWhoStepDownAtOneMomentOneStays() throws Exception {
        for (int round = 0; round < 8; round++) {
            var first = Browser.signedIn(api, "down" + round + "@example.org");
            var id = workspaceOf(first, "Owners");
            var second = Browser.member(
                    api,
                    "down-too" + round + "@example.org",
                    WorkspaceId.KIND.read(id).orElseThrow(),
                    Role.OWNER);
            var members = "/v1/workspaces/" + id + "/members/";
            var mine = first.in(id).get("/v1/me").string("id");
            var theirs = second.get("/v1/me").string("id");

            var statuses = atOnce(List.of(
                    () -> first.send("PATCH", members + mine, "{\"role\":\"admin\"}"),
                    () -> second.send("PATCH", members + theirs, "{\"role\":\"admin\"}")));

            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        }
    }

    private static List<Integer> atOnce(List<Callable<Reply>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new ArrayList<Integer>();
            for (var call : threads.invokeAll(calls)) {
                statuses.add(call.get().status());
            }
            return statuses;
        }
    }

    @Test
    void theLastOwnerIsNeitherDemotedNorRemoved() {
        var owner = Browser.signedIn(api, "last@example.org");
        var id = workspaceOf(owner, "Last");
        var me = "/v1/workspaces/" + id + "/members/"
                + owner.in(id).get("/v1/me").string("id");

        owner.send("PATCH", me, "{\"role\":\"viewer\"}").refused(409, "last_owner");
        owner.send("DELETE", me, null).refused(409, "last_owner");

        assertThat(owner.get(me).json()).containsEntry("role", "owner");
        assertThat(owner.send("PATCH", me, "{\"role\":\"owner\"}").status()).isEqualTo(200);
        owner.send("PATCH", me, "{\"role\":\"king\"}").refused(422, "invalid_parameter");
    }

    // Otherwise an admin could become an owner in two steps.
    @Test
    void nobodyGivesOrTakesARoleThatMayDoMoreThanTheyMay() {
        var owner = Browser.signedIn(api, "above@example.org");
        var id = workspaceOf(owner, "Ranks");
        var workspace = WorkspaceId.KIND.read(id).orElseThrow();
        var admin = Browser.member(api, "admin@example.org", workspace, Role.ADMIN);
        var viewer = Browser.member(api, "viewer@example.org", workspace, Role.VIEWER);
        var members = "/v1/workspaces/" + id + "/members/";
        var invitations = "/v1/workspaces/" + id + "/invitations";
        var ownerId = owner.in(id).get("/v1/me").string("id");
        var viewerId = viewer.get("/v1/me").string("id");
        var adminId = admin.get("/v1/me").string("id");

        assertThat(admin.send("POST", invitations, invitation("x@example.org", "owner"))
                        .refused(403, "scope_missing")
                        .json())
                .containsEntry("param", "/role")
                .hasEntrySatisfying(
                        "detail", detail -> assertThat(detail.toString()).contains("billing.write"));
        admin.send("PATCH", members + adminId, "{\"role\":\"owner\"}").refused(403, "scope_missing");
        admin.send("PATCH", members + ownerId, "{\"role\":\"viewer\"}").refused(403, "scope_missing");
        admin.send("DELETE", members + ownerId, null).refused(403, "scope_missing");
        viewer.send("PATCH", members + viewerId, "{\"role\":\"editor\"}").refused(403, "scope_missing");
        assertThat(admin.send("PATCH", members + viewerId, "{\"role\":\"admin\"}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.send("POST", invitations, invitation("x@example.org", "admin"))
                        .status())
                .isEqualTo(201);
        var weak = ApiServer.secretOf(api.carillon()
                .bean(ApiKeyAuthenticator.class)
                .create(workspace, Mode.TEST, "weak", EnumSet.of(Scope.WORKSPACE_ADMIN)));
        api.exchange(ApiServer.withKey(api.request("POST", invitations, invitation("y@example.org", "viewer")), weak))
                .refused(403, "scope_missing");
    }

    @Test
    void anotherRoleAndARemovalHoldWithinASecond() {
        var owner = Browser.signedIn(api, "quick@example.org");
        var id = workspaceOf(owner, "Quick");
        var editor = Browser.member(
                api, "quick-editor@example.org", WorkspaceId.KIND.read(id).orElseThrow(), Role.EDITOR);
        var member = "/v1/workspaces/" + id + "/members/" + editor.get("/v1/me").string("id");
        var body = "{\"platform\":\"sandbox\",\"username\":\"quick\"}";
        assertThat(editor.send("POST", "/v1/accounts", body).status()).isEqualTo(201);

        owner.send("PATCH", member, "{\"role\":\"viewer\"}");

        await().atMost(SHORTLY).untilAsserted(() -> assertThat(editor.send("POST", "/v1/accounts", body)
                        .refused(403, "scope_missing")
                        .string("param"))
                .isEqualTo("accounts.write"));
        owner.send("DELETE", member, null);
        await().atMost(SHORTLY).untilAsserted(() -> editor.get("/v1/accounts").refused(404, "not_found"));
        owner.get(member).refused(404, "not_found");
        assertThat(editor.get("/v1/workspaces").ids("data")).isEmpty();
    }

    @Test
    void aKeyGovernsItsOwnWorkspaceAlone() {
        var own = api.carillon().test().workspace().toString();
        var foreign = api.carillon().newWorkspace().toString();

        assertThat(api.get("/v1/workspaces").ids("data")).containsExactly(own);
        assertThat(api.get("/v1/workspaces/" + own).json()).containsEntry("role", null);
        assertThat(api.get("/v1/workspaces/" + own + "/members").status()).isEqualTo(200);
        api.get("/v1/workspaces/" + foreign).refused(404, "not_found");
        api.get("/v1/workspaces/" + foreign + "/members").refused(404, "not_found");
        api.post("/v1/workspaces", "{\"name\":\"x\"}").refused(403, "session_required");
        var invited = inviteByKey(own, api.liveKey(), "by-key@example.org");
        var again = inviteByKey(own, api.liveKey(), "by-key@example.org");
        assertThat(invited.json())
                .containsEntry("invited_by", api.carillon().liveKey().id().toString());
        assertThat(again.text()).isEqualTo(invited.text());
        mailer.link("by-key@example.org", 1);
        assertThat(mailer.to("by-key@example.org")).hasSize(1);
    }

    // Members have access to both modes and outlast keys. Otherwise, a leaked test key, or a key that expires today,
    // could invite an owner.
    @Test
    void aKeyThatIsHeldWithinLessDecidesAboutNobody() {
        var own = api.carillon().test().workspace().toString();
        var expiring = api.exchange(ApiServer.withKey(
                        api.request("POST", "/v1/api_keys", """
                                {"name": "expires", "scopes": %s, "expires_at": "2099-01-01T00:00:00Z"}
                                """.formatted(allScopes())), api.liveKey()))
                .string("secret");

        inviteByKey(own, api.testKey(), "held@example.org").refused(422, "mode_mismatch");
        inviteByKey(own, expiring, "held@example.org").refused(403, "scope_missing");
    }

    private static String allScopes() {
        return Arrays.stream(Scope.values())
                .map(scope -> "\"" + scope.wireName() + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Reply inviteByKey(String workspace, String key, String email) {
        var body = invitation(email, "owner");
        return api.exchange(
                ApiServer.withKey(api.request("POST", "/v1/workspaces/" + workspace + "/invitations", body), key)
                        .header("Idempotency-Key", "invite " + email));
    }

    @Test
    void whomSomebodyHasInvitedIsNotLetInOnceTheyAreRemoved() {
        var owner = Browser.signedIn(api, "owner9@example.org");
        var id = workspaceOf(owner, "Left");
        var invitations = "/v1/workspaces/" + id + "/invitations";
        owner.send("POST", invitations, invitation("admin9@example.org", "admin"));
        var admin = Browser.signedIn(api, "admin9@example.org");
        var member = accept(admin, "admin9@example.org", 1).string("id");
        admin.in(id);
        assertThat(admin.send("POST", invitations, invitation("friend9@example.org", "admin"))
                        .status())
                .isEqualTo(201);
        var friend = Browser.signedIn(api, "friend9@example.org");

        owner.send("DELETE", "/v1/workspaces/" + id + "/members/" + member, null);

        accept(friend, "friend9@example.org", 1).refused(410, "invitation_invalid");
    }

    @Test
    void anotherWorkspacesMembersAreNotThere() {
        var owner = Browser.signedIn(api, "here@example.org");
        var id = workspaceOf(owner, "Here");
        var other = Browser.signedIn(api, "there@example.org");
        var otherId = workspaceOf(other, "There");
        var otherMember = other.in(otherId).get("/v1/me").string("id");
        var otherInvitation = other.send(
                        "POST", "/v1/workspaces/" + otherId + "/invitations", invitation("z@example.org", "viewer"))
                .string("id");

        owner.get("/v1/workspaces/" + id + "/members/" + otherMember).refused(404, "not_found");
        owner.send("DELETE", "/v1/workspaces/" + id + "/members/" + otherMember, null)
                .refused(404, "not_found");
        owner.send("PATCH", "/v1/workspaces/" + id + "/members/" + otherMember, "{\"role\":\"viewer\"}")
                .refused(404, "not_found");
        owner.get("/v1/workspaces/" + id + "/invitations/" + otherInvitation).refused(404, "not_found");
        owner.send("POST", "/v1/workspaces/" + id + "/invitations/" + otherInvitation + "/resend", null)
                .refused(404, "not_found");
        owner.send("DELETE", "/v1/workspaces/" + id + "/invitations/" + otherInvitation, null)
                .refused(404, "not_found");
        assertThat(owner.get("/v1/workspaces/" + id + "/members").text()).doesNotContain("there@example.org");
    }
}
