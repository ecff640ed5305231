package dev.carillon.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running process logs with its production configuration. */
class LogTest {
    private static final String FILTERS = "org.jobrunr.jobs.filters.";
    private static final List<String> ADVERTISING =
            List.of(FILTERS + "JobCreationFilters", FILTERS + "JobPerformingFilters");

    private final LoggerContext log = new LoggerContext();

    @BeforeEach
    void configure() throws JoranException {
        var configurator = new JoranConfigurator();
        configurator.setContext(log);
        configurator.doConfigure(LogTest.class.getResource("/logback.xml"));
    }

    /** JobRunr would recommend JobRunr Pro at the first job, because loading the filter's class takes longer than its limit of 10 ms. */
    @Test
    void jobRunrDoesNotAdvertiseWhenTheFirstJobIsMade() throws ClassNotFoundException {
        for (var name : ADVERTISING) {
            assertThat(Class.forName(name))
                    .isNotNull(); // The loggers are named after classes, which an upgrade may rename.
            assertThat(log.getLogger(name).isWarnEnabled()).isFalse();
            assertThat(log.getLogger(name).isErrorEnabled()).isTrue();
        }
    }

    @Test
    void whatJobRunrWarnsOfOtherwiseIsLogged() {
        assertThat(log.getLogger("org.jobrunr.server.JobHandler").isWarnEnabled())
                .isTrue();
        assertThat(log.getLogger(FILTERS + "RetryFilter").isWarnEnabled()).isTrue();
    }

    @Test
    void anErrorOfJobRunrIsLoggedWithoutItsAdvertisement() {
        var line = line(
                "FATAL - JobRunr encountered too many storage exceptions. Shutting down. Did you know JobRunr Pro has built-in database fault tolerance? Check out https://www.jobrunr.io/en/documentation/pro/");

        assertThat(line)
                .contains("ERROR JobHandler: FATAL - JobRunr encountered too many storage exceptions. Shutting down.")
                .doesNotContain("Pro");
    }

    private String line(String message) {
        var logger = log.getLogger("org.jobrunr.server.JobHandler");
        var console = (ConsoleAppender<?>) log.getLogger("ROOT").getAppender("console");
        var pattern = ((PatternLayoutEncoder) console.getEncoder()).getPattern();
        var layout = new PatternLayout();
        layout.setContext(log);
        layout.setPattern(pattern);
        layout.start();
        return layout.doLayout(new LoggingEvent("", logger, Level.ERROR, message, null, null));
    }
}
