package dev.carillon.testkit.peers;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A webhook receiver as a customer would write it, run from its source text in its own process. It gets the port to
 * listen on and the secret from {@code PORT} and {@code WEBHOOK_SECRET}. It does not outlive this JVM.
 */
public final class ReceiverProgram implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private ReceiverProgram(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        // Apart, because a line of one can come in the middle of a line of the other.
        collect(process.inputReader(StandardCharsets.UTF_8));
        collect(process.errorReader(StandardCharsets.UTF_8));
    }

    private void collect(BufferedReader output) {
        Thread.ofVirtual().start(() -> output.lines().forEach(lines::add));
    }

    /** The language of a source text, and how to run it. */
    public enum Language {
        PYTHON("python", "receiver.py") {
            @Override
            List<String> prepared(Path folder) throws PeerMissing, IOException {
                Python.require();
                return List.of("python3", source());
            }
        },
        TYPESCRIPT("ts", "receiver.ts") {
            @Override
            List<String> prepared(Path folder) throws PeerMissing, IOException {
                var node = Node22.install();
                var library = StandardWebhooksVerifier.PACKAGES.install(node.environment());
                Files.createSymbolicLink(folder.resolve("node_modules"), library.resolve("node_modules"));
                Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
                return List.of(node.program(), source());
            }
        },
        /** Compiled and run on the JDK and the class path of this JVM. */
        JAVA("java", "Receiver.java") {
            @Override
            List<String> prepared(Path folder) {
                var java = Path.of(System.getProperty("java.home"), "bin", "java");
                return List.of(java.toString(), "-cp", System.getProperty("java.class.path"), source());
            }
        };

        private final String tag;
        private final String source;

        Language(String tag, String source) {
            this.tag = tag;
            this.source = source;
        }

        /** The language tag of its code blocks in Markdown. */
        public String tag() {
            return tag;
        }

        String source() {
            return source;
        }

        /** Copies what it needs into the folder, and returns the command that runs the source there. */
        abstract List<String> prepared(Path folder) throws PeerMissing, IOException;
    }

    /** A free port of the loopback address. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a receiver and waits until it listens; skips the running test if its language is not available. */
    public static ReceiverProgram startOrSkip(Language language, String source, int port, String secret) {
        try {
            var folder = Files.createTempDirectory("receiver");
            Files.writeString(folder.resolve(language.source()), source);
            var builder = new ProcessBuilder(language.prepared(folder)).directory(folder.toFile());
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().put("WEBHOOK_SECRET", secret);
            var program = new ReceiverProgram(builder.start(), folder);
            Runtime.getRuntime().addShutdownHook(new Thread(program::end, "receiver-stop"));
            program.awaitListening(port);
            return program;
        } catch (PeerMissing missing) {
            throw missing.skipOrFail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening(int port) {
        await("a listening receiver")
                .atMost(START)
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the receiver ended: " + output());
                    }
                })
                .until(() -> listensAt(port));
    }

    private static boolean listensAt(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The URL of a receiver on this port of the loopback address. */
    public static URI urlOf(int port) {
        return URI.create("http://127.0.0.1:%d/hook".formatted(port));
    }

    /** The lines that it has printed so far, of both its outputs. */
    public List<String> output() {
        return List.copyOf(lines);
    }

    private void end() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        end();
        NpmPackages.deleteAll(folder);
    }
}
