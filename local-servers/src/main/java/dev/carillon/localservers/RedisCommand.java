package dev.carillon.localservers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command to a Redis server, on a connection of its own: enough for health checks, maintenance and tests. */
public record RedisCommand(List<String> words) {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final String OK = "+OK";

    public RedisCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a Redis command has at least one word");
        }
    }

    /** The command and its arguments. */
    public static RedisCommand of(String... words) {
        return new RedisCommand(List.of(words));
    }

    /**
     * Logs in and sends the command.
     *
     * @return the value if the reply is a string, otherwise the first line of the reply, such as {@code +OK}
     * @throws IOException if the server does not answer in time, or refuses the login; the message has no password
     */
    public String sendTo(RedisAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            var replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var login = of("AUTH", address.user(), address.password()).sendOver(socket, replies);
            if (!login.equals(OK)) {
                throw new IOException("Redis refused the login %s: %s".formatted(address, login));
            }
            return sendOver(socket, replies);
        }
    }

    private String sendOver(Socket socket, BufferedReader replies) throws IOException {
        socket.getOutputStream().write(encoded().getBytes(StandardCharsets.UTF_8));
        var line = firstLine(replies);
        return line.startsWith("$") && !line.equals("$-1") ? firstLine(replies) : line;
    }

    private static String firstLine(BufferedReader replies) throws IOException {
        var line = replies.readLine();
        if (line == null) {
            throw new IOException("Redis closed the connection");
        }
        return line;
    }

    /** As Redis's protocol requires: the number of words, then the length in bytes and the content of each. */
    private String encoded() {
        var text = new StringBuilder("*" + words.size() + "\r\n");
        for (var word : words) {
            int bytes = word.getBytes(StandardCharsets.UTF_8).length;
            text.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
        }
        return text.toString();
    }

    /** Names only the command: its arguments may be secret. */
    @Override
    public String toString() {
        return words.getFirst();
    }
}
