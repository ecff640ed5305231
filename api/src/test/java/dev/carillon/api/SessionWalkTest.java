package dev.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.api.ApiServer.Reply;
import dev.carillon.core.auth.Role;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.WorkspaceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks on every route what viewers may do, and that members of one workspace do not reach another. */
class SessionWalkTest {
    private static Walk walk;
    private static ApiServer api;
    private static Browser owner;
    private static Browser viewer;
    private static WorkspaceId foreign;

    @BeforeAll
    static void start() {
        walk = new Walk();
        api = walk.api();
        var own = api.carillon().test().workspace();
        foreign = api.carillon().newWorkspace();
        owner = Browser.member(api, "walking-owner@example.org", own, Role.OWNER);
        viewer = Browser.member(api, "walking-viewer@example.org", own, Role.VIEWER);
    }

    @AfterAll
    static void stop() {
        walk.close();
    }

    // Otherwise a viewer could publish or raise their own role.
    @Test
    void aViewerIsRefusedByEveryRouteThatWrites() {
        int walked = 0;
        for (var route : walk.routes()) {
            if (route.method().equals("GET") || route.open() || route.personal()) {
                continue;
            }
            var id = ownIdFor(route);
            var reply = send(viewer, route, route.with(id), body(route));

            assertThat(route.scopes())
                    .as(route.toString())
                    .contains(reply.refused(403, "scope_missing").string("param"));
            walked++;
        }
        assertThat(walked).isGreaterThan(30);
    }

    @Test
    void aViewerReadsWhatTheirScopesAllow() {
        for (var route : walk.routes()) {
            if (!route.method().equals("GET")
                    || route.open()
                    || route.personal()
                    || !route.queryNames().isEmpty()) {
                continue;
            }
            var reply = viewer.get(route.with(ownIdFor(route)));

            boolean allowed = route.anyMember()
                    || route.scopes().isEmpty()
                    || Role.VIEWER.scopes().stream()
                            .anyMatch(scope -> route.scopes().contains(scope.wireName()));
            assertThat(reply.status() == 403).as("%s: %s", route, reply.text()).isEqualTo(!allowed);
        }
    }

    @Test
    void aWorkspaceOfOthersIsAsUnknownAsOneThatDoesNotExist() {
        var random = new Ids().next(WorkspaceId.KIND).toString();
        for (var route : walk.routes()) {
            if (route.open() || route.personal() || (route.anyMember() && !route.ofPath())) {
                continue;
            }
            var path = route.ofPath() ? "%s" : route.with(ownIdFor(route));
            var ofForeign = inWorkspace(route, path, foreign.toString());
            var ofRandom = inWorkspace(route, path, random);

            ofForeign.refused(404, "not_found");
            assertThat(told(ofForeign, foreign.toString())).as(route.toString()).isEqualTo(told(ofRandom, random));
        }
        owner.in(api.carillon().test().workspace().toString());
    }

    private static Reply inWorkspace(DescribedRoute route, String path, String workspace) {
        var target = route.ofPath() ? route.with(workspace) : path;
        return send(owner.in(workspace), route, target, body(route));
    }

    @Test
    void whatBelongsToOthersIsAsUnknownAsWhatDoesNotExist() {
        for (var others : List.of(walk.ofAnotherWorkspace(), walk.ofLiveMode())) {
            for (var route : walk.routes()) {
                if (!route.takesAnId() || route.personal() || !others.containsKey(Walk.word(route))) {
                    continue;
                }
                var foreignId = String.valueOf(others.get(Walk.word(route)));
                var random = Walk.randomId(Walk.word(route));

                var ofForeign = send(owner, route, route.with(foreignId), body(route));
                var ofRandom = send(owner, route, route.with(random), body(route));

                assertThat(ofForeign.status())
                        .as("%s: %s", route, ofForeign.text())
                        .isIn(404, 422);
                assertThat(told(ofForeign, foreignId)).as(route.toString()).isEqualTo(told(ofRandom, random));
            }
        }
    }

    private static String ownIdFor(DescribedRoute route) {
        return walk.own().getOrDefault(Walk.word(route), "none");
    }

    private static @Nullable String body(DescribedRoute route) {
        return route.takesABody() ? route.bodies().getFirst().json() : null;
    }

    private static Reply send(Browser browser, DescribedRoute route, String path, @Nullable String body) {
        var request = browser.request(route.method(), path, body);
        return browser.send(route.method().equals("PATCH") ? request.header("If-Match", "*") : request);
    }

    /** The reply's fields, without the requested id and the ids of the request itself. */
    private static Map<String, Object> told(Reply reply, String id) {
        var told = new HashMap<String, Object>();
        reply.json()
                .forEach((name, value) -> told.put(name, String.valueOf(value).replace(id, "ID")));
        List.of("request_id", "trace_id", "instance").forEach(told::remove);
        return told;
    }
}
