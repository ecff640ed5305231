package dev.carillon.app;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** What a person in front of the terminal reads once everything runs. */
final class Greeting {
    private final PrintWriter out;
    private final Clock clock = Clock.systemUTC();

    Greeting(PrintWriter out) {
        this.out = out;
    }

    /** The line that scripts wait for begins with "Carillon is ready". */
    void ready(Role role, Start.Running running) {
        var process = ProcessHandle.current();
        out.println();
        out.printf("Carillon is ready%s (role %s%s).%n", place(running), role, tookFrom(process));
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
            out.println("  keys         make one with ./carillon keys create");
        }
    }

    /** The only time that the keys are shown. */
    void firstKeys(Credentials first, DataFolder folder) {
        out.printf("""

                This was the first start. Here are the keys of your workspace %s; they are shown this once.
                  live key     %s
                  test key     %s
                  for scripts  %s

                Paste these, one after the other, to publish to the sandbox platform:

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

    private String tookFrom(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(begin -> ", %.1f s after its start"
                        .formatted(Duration.between(begin, clock.instant()).toMillis() / 1000.0))
                .orElse("");
    }
}
