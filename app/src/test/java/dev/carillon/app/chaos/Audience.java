package dev.carillon.app.chaos;

import static dev.carillon.core.testing.NewPostBuilder.aPost;

import dev.carillon.core.account.AccountService;
import dev.carillon.core.account.NewAccount;
import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.database.DatabaseOutage;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.platform.Connectors;
import dev.carillon.core.platform.Credentials;
import dev.carillon.core.platform.LinksAccounts.Identity;
import dev.carillon.core.post.NewPost.When;
import dev.carillon.core.post.PostService;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.WorkspaceService;
import java.net.InetAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A scenario's own accounts, some of each kind, and their posts. A platform accepts only so many posts from an account within some hours,
 * and later posts would wait longer than a scenario lasts. So a new account takes over in time.
 */
final class Audience {
    private final PostService posts;
    private final Actor actor;
    private final String name;
    private static final int POSTS_OF_AN_ACCOUNT = 50;

    private final World world;
    private final Map<Kind, List<AccountId>> accounts = new EnumMap<>(Kind.class);
    private int count;

    private Audience(World world, PostService posts, Actor actor, String name) {
        this.world = world;
        this.posts = posts;
        this.actor = actor;
        this.name = name;
    }

    static Audience of(World world, String name, Collection<Kind> kinds) {
        var workspace = world.bean(WorkspaceService.class).create(name, Plan.SELF_HOSTED);
        var keys = world.bean(ApiKeyAuthenticator.class);
        var key = keys.create(workspace, Mode.TEST, "chaos", EnumSet.allOf(Scope.class));
        var audience = new Audience(
                world,
                world.bean(PostService.class),
                keys.authenticate(key.secret().value(), InetAddress.getLoopbackAddress()),
                name);
        kinds.forEach(audience::connect);
        return audience;
    }

    private void connect(Kind kind) {
        var capability = world.bean(Connectors.class)
                .find(kind.platform(), Mode.TEST)
                .orElseThrow()
                .recoveryCapability(kind.platform());
        if (capability != kind.capability()) {
            throw new IllegalStateException("%s has the recovery capability %s instead of %s"
                    .formatted(kind.platform(), capability, kind.capability()));
        }
        var known = accounts.computeIfAbsent(kind, same -> new CopyOnWriteArrayList<>());
        var identity = new Identity("%s %d".formatted(kind.name(), known.size()), "chaos", null, null, "sandbox");
        var account = world.bean(AccountService.class)
                .connect(actor, new NewAccount(kind.platform(), identity, Credentials.NONE, Map.of()));
        known.add(account.id());
    }

    /** Creates a post with a unique text on the newest account of each kind. */
    void post(When when) {
        count++;
        if (count % POSTS_OF_AN_ACCOUNT == 0) {
            kinds().forEach(this::connect);
        }
        posts.accept(
                actor,
                aPost("%s, number %d".formatted(name, count))
                        .on(newest())
                        .when(when)
                        .build());
    }

    /** Creates a thread on the newest account of each kind. */
    void postThread(List<String> parts) {
        var following = parts.stream().skip(1).toList();
        posts.accept(
                actor,
                aPost(parts.getFirst()).on(newest()).followedBy(following).build());
    }

    /** The newest account of each kind. */
    private List<AccountId> newest() {
        return accounts.values().stream().map(List::getLast).toList();
    }

    /** Creates a post, which may be refused while the database is away. Whether it was accepted is read from the database at the end. */
    void tryToPost() {
        try {
            post(new When.Now());
        } catch (RuntimeException e) {
            if (!DatabaseOutage.isCauseOf(e)) {
                throw e;
            }
        }
    }

    void post(int times) {
        for (int i = 0; i < times; i++) {
            post(new When.Now());
        }
    }

    List<AccountId> accounts() {
        return accounts.values().stream().flatMap(List::stream).toList();
    }

    List<AccountId> accounts(Kind kind) {
        return List.copyOf(accounts.getOrDefault(kind, List.of()));
    }

    List<Kind> kinds() {
        return List.copyOf(accounts.keySet());
    }
}
