package dev.carillon.webhooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate that no client trusts, made with the JDK's {@code keytool}. */
final class SelfSigned {
    private static final String PASSWORD = "changeit";

    private SelfSigned() {}

    /** A TLS context for a server at 127.0.0.1 that presents this certificate. */
    static SSLContext context(Path folder) throws IOException, GeneralSecurityException {
        var store = folder.resolve("self-signed.p12");
        var tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2")
                .redirectErrorStream(true)
                .start();
        var said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("keytool made no certificate: " + said);
        }
        var keys = KeyStore.getInstance("PKCS12");
        try (var content = Files.newInputStream(store)) {
            keys.load(content, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
