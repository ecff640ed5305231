package dev.carillon.testkit.peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Our own Node.js 22, with its headers, so that packages with native parts are built against it without a download. */
record Node22(Path home) {
    private static final NpmPackages PACKAGES = new NpmPackages("node", List.of());

    static Node22 install() throws PeerMissing {
        var packageName = "node-%s-%s".formatted(system(), processor());
        var home = PACKAGES.install(Map.of()).resolve("node_modules").resolve(packageName);
        if (!Files.isExecutable(home.resolve("bin/node"))) {
            throw new PeerMissing("npm has no Node.js 22 for this machine: " + packageName);
        }
        return new Node22(home);
    }

    String program() {
        return home.resolve("bin/node").toString();
    }

    /** Makes npm, and the compilers that it calls, use this Node.js. */
    Map<String, String> environment() {
        return Map.of(
                "PATH",
                home.resolve("bin") + File.pathSeparator + System.getenv("PATH"),
                "npm_config_nodedir",
                home.toString());
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux") ? "linux" : "other";
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }
}
