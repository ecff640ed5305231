package dev.carillon.app.bench.api;

import com.zaxxer.hikari.HikariDataSource;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What is measured, in its order. */
record Scenarios(InetSocketAddress server, Archive archive, HikariDataSource pool, int deepPage) {
    static final int CONNECTIONS = 64;
    static final String HELLO = "hello";
    static final String HELLO_SELECT = "hello after one SELECT";
    static final String BARE_INSERT = "bare INSERT";
    static final String GET_POST = "GET /v1/posts/{id}";
    static final String FIRST_PAGE = "GET /v1/posts, first page";
    static final String DEEP_PAGE = "GET /v1/posts, deep page";
    static final String CREATE_POST = "POST /v1/posts";

    static final Set<String> OF_THE_API = Set.of(GET_POST, FIRST_PAGE, DEEP_PAGE, CREATE_POST);

    private static final int KNOWN_POSTS = 50_000;
    private static final int OK = 200;
    private static final int CREATED = 201;

    /** By the word that the command line knows each by. */
    static final Map<String, String> WORDS = Map.of(
            "hello", HELLO,
            "select", HELLO_SELECT,
            "insert", BARE_INSERT,
            "get", GET_POST,
            "first", FIRST_PAGE,
            "deep", DEEP_PAGE,
            "create", CREATE_POST);

    List<Contestant> all() {
        var requests = new Requests(archive.secret());
        var cursor = archive.lastBefore(deepPage);
        return List.of(
                http(HELLO, OK, requests.get("/bench/hello")),
                http(HELLO_SELECT, OK, requests.get("/bench/hello/", archive.bareRows())),
                http(GET_POST, OK, requests.get("/v1/posts/", archive.somePosts(KNOWN_POSTS))),
                http(FIRST_PAGE, OK, requests.get("/v1/posts?limit=20")),
                http(DEEP_PAGE, OK, requests.get("/v1/posts?limit=20&cursor=" + cursor)),
                new BareInserts(pool),
                http(CREATE_POST, CREATED, requests.newPost(archive.usualAccounts())));
    }

    private Contestant http(String name, int expected, Supplier<byte[]> requests) {
        return new HttpLoad(name, server, CONNECTIONS, expected, requests);
    }
}
