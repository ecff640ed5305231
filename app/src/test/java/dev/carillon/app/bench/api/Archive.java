package dev.carillon.app.bench.api;

import dev.carillon.app.bench.server.BenchDatabase;
import dev.carillon.core.auth.Scope;
import dev.carillon.core.kernel.AccountGroupId;
import dev.carillon.core.kernel.AccountId;
import dev.carillon.core.kernel.AgentId;
import dev.carillon.core.kernel.Ids;
import dev.carillon.core.kernel.PostId;
import dev.carillon.core.kernel.WorkspaceId;
import dev.carillon.core.sealing.MasterKey;
import dev.carillon.core.sealing.WorkspaceKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A test-mode workspace with many posts of the last 30 days, one publication each. Accounts take turns; one account, one group, one agent
 * and one word are rare, so that a list of their posts is short.
 */
final class Archive {
    /** In two of three posts. */
    static final String COMMON_WORD = Words.at(0);

    /** In one of 100,000 posts. */
    static final String RARE_WORD = "turmfalke";

    private static final int CHUNK = 50_000;
    private static final int WRITERS = 2;
    private static final int BARE_ROWS = 100_000;
    private static final List<String> PLATFORMS = List.of("bluesky", "mastodon", "x", "linkedin");
    private static final int ACCOUNTS = 20;
    private static final String RARE_PLATFORM = "telegram";

    private final Ids ids = new Ids();
    private final BenchDatabase database;
    private final MasterKey master;
    private final int count;
    private final UUID workspace = ids.nextUuid();
    private final AccountGroupId rareGroup = ids.next(AccountGroupId.KIND);
    private final AgentId rareAgent = ids.next(AgentId.KIND);
    private final UUID key = ids.nextUuid();
    private final UUID keyOfAgent = ids.nextUuid();
    private final String secret = randomSecret();
    private final List<UUID> accounts = new ArrayList<>();
    private final List<String> platforms = new ArrayList<>();

    private Archive(BenchDatabase database, MasterKey master, int count) {
        this.database = database;
        this.master = master;
        this.count = count;
    }

    /**
     * Writes an archive.
     *
     * @param database with a login of a superuser
     * @param master seals the workspace's key
     */
    static Archive write(BenchDatabase database, MasterKey master, int count) throws InterruptedException {
        var archive = new Archive(database, master, count);
        archive.writeTenant();
        var index = database.one(ArchiveQueries.HOW_WORDS_ARE_INDEXED, row -> row.getString(1));
        database.run(ArchiveQueries.WITHOUT_INDEX_OF_WORDS);
        archive.writePosts();
        database.run(index);
        database.run(ArchiveQueries.BARE_TABLE);
        database.run(ArchiveQueries.BARE_ROWS, ArchiveQueries.BARE_TEXT, BARE_ROWS);
        database.run("VACUUM (ANALYZE)");
        return archive;
    }

    private static String randomSecret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return "crl_test_" + HexFormat.of().formatHex(bytes);
    }

    private void writeTenant() {
        var group = ids.nextUuid();
        var app = ids.nextUuid();
        database.run(ArchiveQueries.WORKSPACE, workspace);
        database.run(
                ArchiveQueries.KEY_OF_WORKSPACE, workspace, WorkspaceKeys.newKey(master, new WorkspaceId(workspace)));
        database.run(ArchiveQueries.NUMBERING, workspace);
        database.run(ArchiveQueries.GROUP, group, workspace, "Default", true);
        database.run(ArchiveQueries.GROUP, rareGroup.value(), workspace, "Rare", false);
        database.run(ArchiveQueries.AGENT, rareAgent.value(), workspace);
        writeKey(key, secret, null);
        writeKey(keyOfAgent, randomSecret(), rareAgent.value());
        database.run(ArchiveQueries.APP, app, workspace);
        for (int i = 0; i < ACCOUNTS; i++) {
            writeAccount(PLATFORMS.get(i % PLATFORMS.size()), group, app);
        }
        writeAccount(RARE_PLATFORM, rareGroup.value(), app);
    }

    private void writeKey(UUID id, String itsSecret, @Nullable UUID agent) {
        var scopes = Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.joining(" "));
        database.run(ArchiveQueries.KEY, id, workspace, itsSecret, scopes, agent);
    }

    private void writeAccount(String platform, UUID group, UUID app) {
        var id = ids.nextUuid();
        var name = "bench" + accounts.size();
        database.run(ArchiveQueries.ACCOUNT, id, workspace, platform, name, name, group, app);
        accounts.add(id);
        platforms.add(platform);
    }

    private void writePosts() throws InterruptedException {
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var chunks = IntStream.iterate(0, from -> from < count, from -> from + CHUNK)
                    .mapToObj(this::chunk)
                    .toList();
            for (var written : writers.invokeAll(chunks)) {
                written.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Callable<Boolean> chunk(int from) {
        return () -> database.with(connection -> {
            connection.setAutoCommit(false);
            BenchDatabase.run(connection, ArchiveQueries.TRUST_KEYS);
            BenchDatabase.run(
                    connection,
                    ArchiveQueries.ARCHIVED,
                    (long) from,
                    (long) Math.min(count, from + CHUNK),
                    (long) count,
                    accounts,
                    String.join(" ", platforms),
                    key,
                    keyOfAgent,
                    Words.COMMON_FIRST,
                    Words.COUNT,
                    workspace);
            for (var statement : ArchiveQueries.OF_A_CHUNK) {
                BenchDatabase.run(connection, statement);
            }
            connection.commit();
            return true;
        });
    }

    UUID workspace() {
        return workspace;
    }

    /** The id of the key with the secret {@link #secret}. */
    UUID key() {
        return key;
    }

    String platformOf(AccountId account) {
        return platforms.get(accounts.indexOf(account.value()));
    }

    /** The secret of a key with every scope. */
    String secret() {
        return secret;
    }

    List<AccountId> usualAccounts() {
        return accounts.subList(0, ACCOUNTS).stream().map(AccountId::new).toList();
    }

    AccountId rareAccount() {
        return new AccountId(accounts.getLast());
    }

    String rarePlatform() {
        return RARE_PLATFORM;
    }

    AccountGroupId rareGroup() {
        return rareGroup;
    }

    AgentId rareAgent() {
        return rareAgent;
    }

    /** Some posts in random order. */
    List<PostId> somePosts(int wanted) {
        double percent = Math.min(100, 200.0 * wanted / count);
        var found = new ArrayList<>(database.list(
                ArchiveQueries.SOME_POSTS, row -> new PostId(row.getObject(1, UUID.class)), percent, wanted));
        Collections.shuffle(found);
        return found;
    }

    /** The last post before a page of twenty, for pages from 2 on. */
    PostId lastBefore(int page) {
        return database.one(
                ArchiveQueries.POST_AT,
                row -> new PostId(row.getObject(1, UUID.class)),
                workspace,
                (page - 1) * 20 - 1);
    }

    /** The ids of some rows of the table without constraints. */
    List<UUID> bareRows() {
        return database.list(ArchiveQueries.SOME_BARE_IDS, row -> row.getObject(1, UUID.class), BARE_ROWS);
    }
}
