package network.calimero.tee.kms.server.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** A certificate of its own authority for one address, and a port to serve it at. */
record TlsFiles(Path store, Path key, Path certificate, int port) {
  private static final String PASSWORD = "for-tests-only";

  static TlsFiles make(Path folder, String address) throws Exception {
    Path store = folder.resolve("tls.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "tls",
                "-keyalg",
                "EC",
                "-dname",
                "CN=store",
                "-ext",
                "san=ip:" + address,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey("tls", PASSWORD.toCharArray());
    return new TlsFiles(
        store,
        pem(folder.resolve("tls.key"), "PRIVATE KEY", key.getEncoded()),
        pem(folder.resolve("tls.crt"), "CERTIFICATE", keys.getCertificate("tls").getEncoded()),
        freePort());
  }

  private static Path pem(Path file, String label, byte[] der) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String[] redisOptions() {
    return new String[] {
      "--tls-port", String.valueOf(port),
      "--tls-cert-file", certificate.toString(),
      "--tls-key-file", key.toString(),
      "--tls-auth-clients", "no"
    };
  }

  /** For a client that believes this authority and no other. */
  SslOptions trusting() {
    return SslOptions.builder()
        .trustStoreType("PKCS12")
        .truststore(store.toFile(), PASSWORD.toCharArray())
        .sslVerifyMode(SslVerifyMode.FULL)
        .build();
  }
}
