package dev.carillon.app;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;

/** What a person at the terminal reads once everything runs. */
final class StartupMessage {
    private final PrintWriter out;

    StartupMessage(PrintWriter out) {
        this.out = out;
    }

    /** Scripts wait for the line that starts with "Carillon is ready". */
    void ready(Role role, Start.Running running) {
        var process = ProcessHandle.current();
        out.println();
        out.printf("Carillon is ready%s (role %s%s).%n", place(running), role, took());
        if (running.folder() != null) {
            out.println(
                    "  data folder  " + running.folder().path().toAbsolutePath().normalize());
        }
        if (running.sandbox() != null) {
            out.println("  sandbox      " + running.sandbox().url());
        }
        if (running.metrics() != null) {
            out.println("  metrics      " + running.metrics());
        }
        out.printf("  process      %d, stop it with Ctrl-C or: kill %d%n", process.pid(), process.pid());
        if (role == Role.ALL && running.folder() == null) {
            out.println("  keys         create one with ./carillon keys create");
        }
    }

    /** The only time that the keys are shown. */
    void firstKeys(Credentials first, DataFolder folder) {
        out.printf("""

                This is the first start. Your workspace is %s. These are its keys; they are not shown again.
                  live key     %s
                  test key     %s
                  saved in     %s

                Run these commands in order to publish a post to the sandbox platform:

                %s
                """, first.workspaceId(), first.liveKey(), first.testKey(), folder.credentialsFile(), curls(first));
        out.flush();
    }

    private static String curls(Credentials first) {
        return """
                curl -s %1$s/v1/me -H 'Authorization: Bearer %2$s'
                ACCOUNT=$(curl -s %1$s/v1/accounts -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' -d '{"platform": "sandbox", "username": "me"}' | grep -o 'acct_[0-9a-z]*' | head -n 1); echo $ACCOUNT
                curl -s %1$s/v1/posts -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' -d '{"text": "Hello, world", "targets": [{"account_id": "'$ACCOUNT'"}], "publish": "now"}'
                """.formatted(first.baseUrl(), first.testKey());
    }

    private static String place(Start.Running running) {
        URI url = running.url();
        return url == null ? "" : " at " + url;
    }

    /**
     * The uptime of the JVM. The operating system counts from the launcher, which may have spent minutes building
     * before it became this process.
     */
    private static String took() {
        return ", %.1f s after its start"
                .formatted(ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    }
}
