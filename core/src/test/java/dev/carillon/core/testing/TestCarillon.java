package dev.carillon.core.testing;

import dev.carillon.core.apikey.ApiKeyAuthenticator;
import dev.carillon.core.apikey.ApiKeyAuthenticator.NewKey;
import dev.carillon.core.auth.Actor;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.event.EventFilter;
import dev.carillon.core.event.EventOrder;
import dev.carillon.core.event.EventService;
import dev.carillon.core.event.RecordedEvent;
import dev.carillon.core.kernel.Id;
import dev.carillon.core.kernel.Mode;
import dev.carillon.core.kernel.PageRequest;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.core.workspace.Plan;
import dev.carillon.core.workspace.WorkspaceService;
import dev.carillon.testkit.TestDatabase;
import dev.carillon.testkit.TestRedis;
import io.micronaut.context.ApplicationContext;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The beans of the module under test, on a new database with one workspace and a key for each mode. */
public final class TestCarillon implements AutoCloseable {
    private static final String MASTER_KEY = MasterKey.generate();

    /** The setting of the SQL dialect that the repositories need; it is the same in every process. */
    public static final String DIALECT = "datasources.default.dialect";

    private final TestDatabase database;
    private final ApplicationContext context;
    private final NewKey liveKey;
    private final NewKey testKey;

    private TestCarillon(TestDatabase database, ApplicationContext context) {
        this.database = database;
        this.context = context;
        var workspace = context.getBean(WorkspaceService.class).create("Test", Plan.SELF_HOSTED);
        liveKey = newKey(workspace, Mode.LIVE);
        testKey = newKey(workspace, Mode.TEST);
    }

    public static TestCarillon start() {
        return start(Map.of());
    }

    /** Starts with further settings, which override the defaults of every test. */
    public static TestCarillon start(Map<String, Object> settings) {
        var database = TestDatabase.fresh();
        var all = new HashMap<>(settingsOf(database));
        all.put(DIALECT, "POSTGRES");
        all.putAll(settings);
        return new TestCarillon(
                database,
                ApplicationContext.builder()
                        .properties(all)
                        .deduceEnvironment(false)
                        .start());
    }

    /** The settings that make a process use {@code database}. */
    public static Map<String, Object> settingsOf(TestDatabase database) {
        return Map.of(
                "carillon.database.app-url", database.jdbcUrl(),
                "carillon.database.app-user", database.appUser(),
                "carillon.database.app-password", database.appPassword(),
                "carillon.database.app-pool-size", 10,
                "carillon.database.dispatch-url", database.jdbcUrl(),
                "carillon.database.dispatch-user", database.dispatchUser(),
                "carillon.database.dispatch-password", database.dispatchPassword(),
                "carillon.database.dispatch-pool-size", 20,
                "carillon.redis.url", TestRedis.uri(),
                "carillon.master-key", MASTER_KEY);
    }

    public NewKey newKey(WorkspaceId workspace, Mode mode) {
        return bean(ApiKeyAuthenticator.class).create(workspace, mode, "test", EnumSet.allOf(Scope.class));
    }

    public WorkspaceId newWorkspace() {
        return bean(WorkspaceService.class).create("Another", Plan.SELF_HOSTED);
    }

    public Actor actor(NewKey key) {
        return bean(ApiKeyAuthenticator.class).authenticate(key.secret().value(), InetAddress.getLoopbackAddress());
    }

    /** An actor with every scope, in live mode. */
    public Actor live() {
        return actor(liveKey);
    }

    /** An actor with every scope, in test mode. */
    public Actor test() {
        return actor(testKey);
    }

    public NewKey liveKey() {
        return liveKey;
    }

    public NewKey testKey() {
        return testKey;
    }

    /** The events about an object, oldest first. */
    public List<RecordedEvent> eventsAbout(Actor actor, Id object) {
        return eventsAbout(actor, object.toString());
    }

    public List<RecordedEvent> eventsAbout(Actor actor, String object) {
        var filter = new EventFilter(List.of(), object, null, null, null);
        return bean(EventService.class)
                .list(actor, filter, EventOrder.DESC, new PageRequest(100, null))
                .data()
                .reversed();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ApplicationContext context() {
        return context;
    }

    public TestDatabase database() {
        return database;
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
