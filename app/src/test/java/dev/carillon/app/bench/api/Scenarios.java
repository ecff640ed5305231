package dev.carillon.app.bench.api;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.core.kernel.AccountId;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The measurements, in their order. */
record Scenarios(InetSocketAddress server, Archive archive, HikariDataSource pool, int deepPage) {
    static final int CONNECTIONS = 64;
    static final String HELLO = "hello";
    static final String HELLO_SELECT = "hello after one SELECT";
    static final String BARE_INSERT = "bare INSERT";
    static final String BARE_POST = "the rows of a POST, bare";
    static final String GET_POST = "GET /v1/posts/{id}";
    static final String FIRST_PAGE = "GET /v1/posts, first page";
    static final String DEEP_PAGE = "GET /v1/posts, deep page";
    static final String CREATE_POST = "POST /v1/posts";
    static final String CREATE_POSTS = "POST /v1/posts/batch, 20 posts";

    static final String OF_ACCOUNT = "GET /v1/posts, one of 20 accounts";
    static final String OF_RARE_ACCOUNT = "GET /v1/posts, a rare account";
    static final String OF_RARE_PLATFORM = "GET /v1/posts, a rare platform";
    static final String OF_RARE_GROUP = "GET /v1/posts, a rare group";
    static final String OF_RARE_AGENT = "GET /v1/posts, a rare agent";
    static final String OF_A_DAY = "GET /v1/posts, created on one day";
    static final String OF_RARE_STATE = "GET /v1/posts, a rare state";
    static final String COMMON_WORD = "GET /v1/posts, a common word";
    static final String RARE_WORD = "GET /v1/posts, a rare word";
    static final String BOTH_WORDS = "GET /v1/posts, a common and a rare";
    static final String WORD_OF_ACCOUNT = "GET /v1/posts, a word, an account";
    static final String COMMON_WORD_OF_ONE = "GET /v1/posts, a word, one of 20";
    static final String RARE_WORD_OF_ONE = "GET /v1/posts, a rare word, one of 20";
    static final String IN_FULL = "GET /v1/posts, accounts in full";

    private static final int KNOWN_POSTS = 50_000;
    private static final int BATCH = 20;
    private static final int OK = 200;
    private static final int CREATED = 201;

    /** Names of measurements, by their word on the command line. */
    static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("hello", List.of(HELLO)),
            Map.entry("select", List.of(HELLO_SELECT)),
            Map.entry("insert", List.of(BARE_INSERT, BARE_POST)),
            Map.entry("get", List.of(GET_POST)),
            Map.entry("first", List.of(FIRST_PAGE)),
            Map.entry("deep", List.of(DEEP_PAGE)),
            Map.entry(
                    "filters",
                    List.of(
                            OF_ACCOUNT,
                            OF_RARE_ACCOUNT,
                            OF_RARE_PLATFORM,
                            OF_RARE_GROUP,
                            OF_RARE_AGENT,
                            OF_A_DAY,
                            OF_RARE_STATE)),
            Map.entry(
                    "search",
                    List.of(COMMON_WORD, RARE_WORD, BOTH_WORDS, WORD_OF_ACCOUNT, COMMON_WORD_OF_ONE, RARE_WORD_OF_ONE)),
            Map.entry("expand", List.of(IN_FULL)),
            Map.entry("create", List.of(CREATE_POST)),
            Map.entry("batch", List.of(CREATE_POSTS)));

    /** The measurements whose p99 must stay below the limit in {@link Report}. */
    static final Set<String> SOON = Stream.of("get", "first", "deep", "filters", "search", "expand", "create")
            .flatMap(word -> named(word).stream())
            .collect(Collectors.toUnmodifiableSet());

    static List<String> named(String word) {
        return WORDS.getOrDefault(word, List.of());
    }

    List<Contestant> all() {
        var requests = new Requests(archive.secret());
        var day = Instant.now().minus(20, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        var usual = archive.usualAccounts().getFirst();
        var cursor = archive.lastBefore(deepPage);
        return List.of(
                http(HELLO, OK, requests.get("/bench/hello")),
                http(HELLO_SELECT, OK, requests.get("/bench/hello/", archive.bareRows())),
                http(GET_POST, OK, requests.get("/v1/posts/", archive.somePosts(KNOWN_POSTS))),
                http(FIRST_PAGE, OK, requests.get("/v1/posts?limit=20")),
                http(DEEP_PAGE, OK, requests.get("/v1/posts?limit=20&cursor=" + cursor)),
                list(OF_ACCOUNT, requests, "account_id=" + usual),
                list(OF_RARE_ACCOUNT, requests, "account_id=" + archive.rareAccount()),
                list(OF_RARE_PLATFORM, requests, "platform=" + archive.rarePlatform()),
                list(OF_RARE_GROUP, requests, "account_group_id=" + archive.rareGroup()),
                list(OF_RARE_AGENT, requests, "agent_id=" + archive.rareAgent()),
                list(
                        OF_A_DAY,
                        requests,
                        "created_from=%s&created_until=%s".formatted(day, day.plus(1, ChronoUnit.DAYS))),
                list(OF_RARE_STATE, requests, "status=canceled"),
                list(COMMON_WORD, requests, "search=" + Archive.COMMON_WORD),
                list(RARE_WORD, requests, "search=" + Archive.RARE_WORD),
                list(BOTH_WORDS, requests, "search=" + Archive.COMMON_WORD + "+" + Archive.RARE_WORD),
                ofAccount(WORD_OF_ACCOUNT, requests, Archive.COMMON_WORD, archive.rareAccount()),
                ofAccount(COMMON_WORD_OF_ONE, requests, Archive.COMMON_WORD, usual),
                ofAccount(RARE_WORD_OF_ONE, requests, Archive.RARE_WORD, usual),
                list(IN_FULL, requests, "expand%5B%5D=publications.account.account_group"),
                BareInserts.ofOneRow(pool),
                BareInserts.ofPosts(pool, new PostRows(archive)),
                http(CREATE_POST, CREATED, requests.newPost(archive.usualAccounts())),
                http(CREATE_POSTS, OK, requests.newPosts(archive.usualAccounts(), BATCH)));
    }

    private Contestant ofAccount(String name, Requests requests, String word, AccountId account) {
        return list(name, requests, "search=%s&account_id=%s".formatted(word, account));
    }

    private Contestant list(String name, Requests requests, String query) {
        return http(name, OK, requests.get("/v1/posts?limit=20&" + query));
    }

    private Contestant http(String name, int expected, Supplier<byte[]> requests) {
        return new HttpLoad(name, server, CONNECTIONS, expected, requests);
    }
}
