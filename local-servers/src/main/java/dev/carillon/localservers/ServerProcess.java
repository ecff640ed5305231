package dev.carillon.localservers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of a server program that serve one path, whatever started them. A process counts only if its command
 * line contains the path: a pid alone says nothing after a restart of the machine, and a pid file may be torn.
 *
 * @param program file name of the executable
 * @param path a file or folder that only servers of this data folder have among their arguments, either itself or
 *     something below it
 */
record ServerProcess(String program, Path path) {
    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
    private static final Duration HARD_STOP_LIMIT = Duration.ofSeconds(10);

    /** A signal and how long to wait for its effect. */
    record Step(String signal, Duration patience) {}

    boolean running() {
        return !pids().isEmpty();
    }

    Set<Long> pids() {
        return ProcessHandle.allProcesses()
                .filter(this::isOurs)
                .map(ProcessHandle::pid)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether {@code pid} is such a process; a zombie no longer has a command line and is not. */
    boolean isOurs(long pid) {
        return ProcessHandle.of(pid).filter(this::isOurs).isPresent();
    }

    /**
     * Stops all of them: first with the signals of {@code steps}, then by force. Returns whether there was anything to
     * stop.
     */
    boolean stop(List<Step> steps) {
        var pids = pids();
        for (var step : steps) {
            if (pids.isEmpty() || gone(pids, step)) {
                return !pids.isEmpty();
            }
        }
        log.atWarn()
                .addKeyValue("program", program)
                .addKeyValue("pids", pids)
                .log("server did not stop in time; killing it");
        if (!gone(pids, new Step("KILL", HARD_STOP_LIMIT))) {
            throw new LocalServerFailed("%s of %s did not stop; its pids are %s".formatted(program, path, pids));
        }
        return true;
    }

    private boolean gone(Set<Long> pids, Step step) {
        pids.stream().filter(this::isOurs).forEach(pid -> signal(pid, step.signal()));
        return Waiting.until(step.patience(), () -> pids.stream().noneMatch(this::isOurs));
    }

    /** Uses the shell's kill, because Java knows only TERM and KILL and PostgreSQL's fast stop is INT. */
    private static void signal(long pid, String signal) {
        Command.of(List.of("/bin/sh", "-c", "kill -%s %d 2>/dev/null || true".formatted(signal, pid)))
                .run(Duration.ofSeconds(5));
    }

    private boolean isOurs(ProcessHandle process) {
        var info = process.info();
        return info.arguments().filter(this::namesPath).isPresent()
                && info.command().map(this::isProgram).orElse(true);
    }

    private boolean namesPath(String[] arguments) {
        return Arrays.stream(arguments)
                .anyMatch(argument -> argument.equals(path.toString()) || argument.startsWith(path + "/"));
    }

    private boolean isProgram(String executable) {
        // startsWith, because Linux appends "(deleted)" to an executable that was replaced meanwhile.
        var name = Path.of(executable).getFileName();
        return name != null && name.toString().startsWith(program);
    }
}
