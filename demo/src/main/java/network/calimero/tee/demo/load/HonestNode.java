package network.calimero.tee.demo.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.node.Challenge;
import network.calimero.tee.node.KeyRequest;
import network.calimero.tee.seal.Sealed;
import network.calimero.tee.seal.SealedRelease;
import network.calimero.tee.seal.UnsealException;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.seal.X25519PublicKey;
import network.calimero.tee.secret.SecretBytes;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One node's exchanges, one after the other: challenge, a fresh quote, a signed request for a
 * sealed key. It keeps its one-time key, which spares the sender work and the KMS none, and opens
 * one answer in a hundred: all must be the same key.
 */
final class HonestNode implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int OPENED_EACH = 100;
  private static final int MAX_TEXT = 4096;

  private final URI kms;
  private final SimulatedTdxMachine machine;
  private final X25519PublicKey transport;
  private final PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom());
  private final X25519KeyPair oneTime = X25519KeyPair.generate(new SecureRandom());
  private final byte[] askForChallenge;
  private @Nullable Connection connection;
  private @Nullable SecretBytes key;
  private int exchanges;

  HonestNode(URI kms, SimulatedTdxMachine machine, X25519PublicKey transport) {
    this.kms = kms;
    this.machine = machine;
    this.transport = transport;
    String body = "{\"peerId\":\"%s\"}".formatted(identity.peerId().text());
    this.askForChallenge = Strangers.post("/challenge", body.getBytes(UTF_8));
  }

  /**
   * One exchange.
   *
   * @param challenged takes the nanoseconds until there was a challenge
   * @param released takes the nanoseconds from the request for a key to the key
   * @throws IOException if the KMS does not give the key: no figure counts then
   */
  void exchange(Consumer<Long> challenged, Consumer<Long> released) throws IOException {
    long start = System.nanoTime();
    JsonNode answer = ask(askForChallenge);
    challenged.accept(System.nanoTime() - start);
    Challenge challenge =
        new Challenge(
            answer.path("challengeId").stringValue(),
            bytes(answer, "nonceB64"),
            Instant.ofEpochSecond(answer.path("expiresAt").longValue()));
    Optional<X25519PublicKey> sealTo = Optional.of(oneTime.publicKey());
    byte[] over = KeyRequest.reportData(challenge, identity.peerId(), sealTo).value().toArray();
    KeyRequest request =
        KeyRequest.sign(challenge, Bytes.of(machine.quote(over)), identity, sealTo);
    byte[] sent = Requests.of(request);
    start = System.nanoTime();
    JsonNode sealed = ask(sent);
    released.accept(System.nanoTime() - start);
    if (exchanges++ % OPENED_EACH == 0) {
      open(challenge, new Sealed(bytes(sealed, "sealedKeyB64"), bytes(sealed, "sealNonceB64")));
    }
  }

  private JsonNode ask(byte[] request) throws IOException {
    if (connection == null || connection.isOver()) {
      connection = Connection.open(kms);
    }
    connection.send(request);
    Connection.Answer answer = connection.readAnswer();
    if (answer.status() != 200) {
      throw new IOException("the KMS answered " + answer.status() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private void open(Challenge challenge, Sealed sealed) throws IOException {
    try {
      SecretBytes opened =
          SealedRelease.open(sealed, oneTime, transport, challenge.nonce(), identity.peerId());
      if (key == null) {
        key = opened;
        return;
      }
      try (opened) {
        if (!opened.equals(key)) {
          throw new IOException("another key than before for the same node");
        }
      }
    } catch (UnsealException e) {
      throw new IOException("the answer does not open", e);
    }
  }

  private static Bytes bytes(JsonNode answer, String name) {
    return Bytes.of(StrictBase64.decode(answer.path(name).stringValue(), MAX_TEXT));
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
    }
    if (key != null) {
      key.close();
    }
    oneTime.close();
    identity.close();
  }
}
