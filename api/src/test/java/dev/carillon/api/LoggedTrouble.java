package dev.carillon.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Hears what the server warns of: trouble on a connection's own thread reaches nobody but the log. */
final class LoggedTrouble extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final List<String> OF_THE_SERVER = List.of("io.netty", "io.micronaut.http");

    private final List<String> messages = new CopyOnWriteArrayList<>();

    private LoggedTrouble() {}

    static LoggedTrouble listen() {
        var trouble = new LoggedTrouble();
        trouble.start();
        OF_THE_SERVER.forEach(name -> logger(name).addAppender(trouble));
        return trouble;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            var thrown = event.getThrowableProxy();
            messages.add(event.getFormattedMessage() + (thrown == null ? "" : " " + thrown.getMessage()));
        }
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        OF_THE_SERVER.forEach(name -> logger(name).detachAppender(this));
        stop();
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
