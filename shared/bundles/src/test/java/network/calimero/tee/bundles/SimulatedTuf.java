package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import tools.jackson.databind.json.JsonMapper;

/** A TUF repository over HTTP, whose one key signs every role. */
final class SimulatedTuf implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> ROLES = List.of("root", "targets", "snapshot", "timestamp");

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final KeyPair key = newKey();
  private final Instant now;

  SimulatedTuf(Instant now) throws IOException {
    this.now = now;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          byte[] file = files.get(exchange.getRequestURI().getPath());
          try (exchange) {
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
              exchange.getResponseBody().write(file);
            }
          }
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The root of keys that whoever asks begins with. */
  String root() {
    return new String(signed(rootRole(1), key), UTF_8);
  }

  /** Publishes that trusted root as that version of everything. */
  SimulatedTuf publish(int version, Bytes trustedRoot, Duration lifetime) {
    return publish(version, trustedRoot, lifetime, key);
  }

  /** The same, signed by a key that nobody named. */
  SimulatedTuf publishUnderAnotherKey(int version, Bytes trustedRoot, Duration lifetime) {
    return publish(version, trustedRoot, lifetime, newKey());
  }

  private SimulatedTuf publish(int version, Bytes trustedRoot, Duration lifetime, KeyPair signer) {
    String sha256 = Sha256.of(trustedRoot).hex();
    Map<String, Object> target =
        Map.of("length", trustedRoot.length(), "hashes", Map.of("sha256", sha256));
    String expires = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS).toString();
    put(
        version + ".targets.json",
        signed(
            role("targets", version, expires, "targets", Map.of("trusted_root.json", target)),
            signer));
    put(
        version + ".snapshot.json",
        signed(role("snapshot", version, expires, "meta", meta("targets.json", version)), signer));
    put(
        "timestamp.json",
        signed(
            role("timestamp", version, expires, "meta", meta("snapshot.json", version)), signer));
    put("targets/" + sha256 + ".trusted_root.json", trustedRoot.toArray());
    return this;
  }

  /** Serves other bytes for what the path ends with. */
  void replace(String end, byte[] content) {
    files.keySet().stream()
        .filter(path -> path.endsWith(end))
        .forEach(path -> files.put(path, content));
  }

  private void put(String name, byte[] content) {
    files.put("/" + name, content);
  }

  private Map<String, Object> rootRole(int version) {
    Map<String, Object> role = new TreeMap<>();
    ROLES.forEach(name -> role.put(name, Map.of("keyids", List.of("only"), "threshold", 1)));
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Map<String, Object> publicKey =
        Map.of(
            "keyid_hash_algorithms",
            List.of("sha256"),
            "keytype",
            "ecdsa",
            "scheme",
            "ecdsa-sha2-nistp256",
            "keyval",
            Map.of("public", pem));
    String expires = now.plus(Duration.ofDays(1000)).truncatedTo(ChronoUnit.SECONDS).toString();
    Map<String, Object> root = role("root", version, expires, "roles", role);
    root.put("keys", Map.of("only", publicKey));
    root.put("consistent_snapshot", true);
    return root;
  }

  private static Map<String, Object> meta(String file, int version) {
    return Map.of(file, Map.of("version", version));
  }

  private static Map<String, Object> role(
      String type, int version, String expires, String content, Map<String, Object> value) {
    Map<String, Object> role = new TreeMap<>();
    role.put("_type", type);
    role.put("spec_version", "1.0");
    role.put("version", version);
    role.put("expires", expires);
    role.put(content, value);
    return role;
  }

  /** The signature is over the JSON with sorted names, no spaces, and line ends as they are. */
  private static byte[] signed(Map<String, Object> role, KeyPair signer) {
    try {
      String canonical = JSON.writeValueAsString(sorted(role)).replace("\\n", "\n");
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signer.getPrivate());
      signature.update(canonical.getBytes(UTF_8));
      String hex = HexFormat.of().formatHex(signature.sign());
      return JSON.writeValueAsBytes(
          Map.of("signed", role, "signatures", List.of(Map.of("keyid", "only", "sig", hex))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((name, of) -> sorted.put(String.valueOf(name), sorted(of)));
      return sorted;
    }
    return value instanceof List<?> list ? list.stream().map(SimulatedTuf::sorted).toList() : value;
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
