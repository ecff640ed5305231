package dev.carillon.sandbox;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.sandbox.http.Hanging;
import dev.carillon.sandbox.http.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running platform, listening on the loopback address; closing it lets calls in progress finish. */
public final class SandboxServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int DRAIN_SECONDS = 5;

    private final HttpServer http;
    private final ExecutorService callThreads;
    private final Database database;
    private final Hanging hanging = new Hanging();

    private SandboxServer(HttpServer http, ExecutorService callThreads, Database database) {
        this.http = http;
        this.callThreads = callThreads;
        this.database = database;
    }

    /**
     * Starts the platform and returns once it answers.
     *
     * @throws UncheckedIOException if the port is taken
     * @throws RuntimeException if the database cannot be reached
     */
    public static SandboxServer start(SandboxConfig config) {
        var database = Database.open(config.store());
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), config.port()), 0);
            var server = new SandboxServer(http, Executors.newVirtualThreadPerTaskExecutor(), database);
            server.serve(config);
            return server;
        } catch (IOException e) {
            database.close();
            throw new UncheckedIOException("cannot listen on port %d".formatted(config.port()), e);
        }
    }

    public int port() {
        return http.getAddress().getPort();
    }

    /** The loopback address, at which Carillon's processes on this machine call it. */
    public URI url() {
        return URI.create("http://%s:%d".formatted(LOOPBACK, port()));
    }

    @Override
    public void close() {
        hanging.close();
        http.stop(DRAIN_SECONDS);
        callThreads.close();
        database.close();
    }

    private void serve(SandboxConfig config) {
        var publicUrl = config.publicUrl() == null ? url() : config.publicUrl();
        http.createContext("/", routes(config, new Permalinks(publicUrl, config.clock())));
        http.setExecutor(callThreads);
        http.start();
        LOG.atInfo().addKeyValue("url", url()).log("sandbox platform started");
    }

    private Router routes(SandboxConfig config, Permalinks permalinks) {
        var accountQueries = new AccountQueries(database);
        var postQueries = new PostQueries(database, config.clock());
        var accounts = new AccountEndpoints(accountQueries, config.clock());
        var ticketQueries = new TicketQueries(database);
        var faultQueries = new FaultQueries(database);
        var troubled = new TroubledPosts(postQueries, ticketQueries, permalinks, hanging);
        var posts = new PostEndpoints(
                accountQueries, postQueries, new FaultPolicy(faultQueries), troubled, permalinks, config.clock());
        var recent = new RecentPostsEndpoint(accountQueries, postQueries, permalinks);
        var tickets = new TicketEndpoint(ticketQueries, postQueries, permalinks, config.clock());
        var faults = new FaultEndpoints(faultQueries, config.clock());
        var pages = new PermalinkEndpoint(new PermalinkQueries(database), permalinks);
        return new Router(config.secret())
                .open("GET", "/healthz", new HealthEndpoint())
                .open("GET", "/p/{token}", pages)
                .guarded("PUT", "/accounts/{account}", accounts::register)
                .guarded("POST", "/accounts/{account}/posts", posts::create)
                .guarded("GET", "/accounts/{account}/posts", posts::list)
                .guarded("GET", "/accounts/{account}/recent", recent)
                .guarded("GET", "/accounts/{account}/posts/{id}", posts::show)
                .guarded("DELETE", "/accounts/{account}/posts/{id}", posts::delete)
                .guarded("GET", "/accounts/{account}/tickets/{id}", tickets)
                .guarded("GET", "/workspaces/{workspace}/posts", new WorkspacePostsEndpoint(postQueries, permalinks))
                .guarded("PUT", "/workspaces/{workspace}/faults/{fault}", faults::add)
                .guarded("GET", "/workspaces/{workspace}/faults", faults::list)
                .guarded("GET", "/workspaces/{workspace}/faults/{fault}", faults::show)
                .guarded("DELETE", "/workspaces/{workspace}/faults/{fault}", faults::delete);
    }
}
