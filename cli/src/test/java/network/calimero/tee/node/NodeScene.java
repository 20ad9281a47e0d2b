package network.calimero.tee.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.guest.GuestQuote;
import network.calimero.tee.guest.QuoteProvider;
import network.calimero.tee.identity.PeerKeyPair;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.tdx.MeasuredEvent;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.jspecify.annotations.Nullable;

/** A node and a KMS between which everything is right, and every single thing can be broken. */
final class NodeScene implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);
  private static final SimulatedPlatform OTHERS = SimulatedPlatform.at(NOW);
  private static final DstackApp APP = DstackApp.named("kms");
  private static final Measurement WRONG = Measurement.of(new byte[48]);

  private final SimulatedTdxMachine kmsMachine = APP.launch(PLATFORM, TdImage.named("kms"));
  private final SimulatedTdxMachine machine = PLATFORM.launch(TdImage.named("node"));
  private final PeerKeyPair identity = PeerKeyPair.generate(new SecureRandom());
  private final Map<Register, Measurement> registers = new EnumMap<>(Register.class);
  private final StubKms kms;
  private final KmsClient client;
  private Set<TcbStatus> statuses = Set.of(TcbStatus.UP_TO_DATE);
  private Bytes fingerprint;
  private Bytes composeHash = Bytes.fromHex(APP.composeHash());
  private SimulatedPlatform believed = PLATFORM;
  private Instant nodesClock = NOW;
  private UnaryOperator<byte[]> evidenceOver = UnaryOperator.identity();
  private @Nullable Expectations expectations;
  private QuoteProvider quotes = asked -> GuestQuote.withoutLog(machine.quote(asked));

  NodeScene() throws IOException {
    registers.put(Register.MRTD, Measurement.of(kmsMachine.mrTd()));
    for (int i = 0; i < 4; i++) {
      registers.put(Register.valueOf("RTMR" + i), Measurement.of(kmsMachine.rtmr(i)));
    }
    kms = StubKms.start(kmsMachine, NOW.plusSeconds(60));
    client = new KmsClient(kms.url());
    fingerprint = Bytes.of(StubKms.sha256(kms.transportKey()));
  }

  StubKms kms() {
    return kms;
  }

  String peerId() {
    return identity.peerId().text();
  }

  /** One fault that this step, and no earlier one, must find. */
  NodeScene breaking(NodeStep step) {
    switch (step) {
      case REACHED -> kms.close();
      case ANSWER -> kms.answer("/attest", 503, "{\"error\":\"policy_not_ready\"}");
      case QUOTE -> kms.showing(_ -> new byte[64]);
      case STATED -> kms.stating(asked -> flipped(asked, 40));
      case NONCE -> evidenceWith(31);
      case BINDING -> evidenceWith(32);
      case PROVEN -> believed = OTHERS;
      case STATUS -> statuses = Set.of(TcbStatus.OUT_OF_DATE);
      case MRTD, RTMR0, RTMR1, RTMR2, RTMR3 -> registers.put(Register.valueOf(step.name()), WRONG);
      case APP -> composeHash = Bytes.of(new byte[32]);
      case FINGERPRINT -> fingerprint = Bytes.of(new byte[32]);
      case CHALLENGE -> nodesClock = NOW.plusSeconds(60);
      case OWN_QUOTE -> quotes = asked -> GuestQuote.withoutLog(machine.quote(flipped(asked, 63)));
      case RELEASED -> kms.answer("/get-key", 403, "{\"error\":\"tcb_status_rejected\"}");
      case OPENED -> kms.changeTransportKeyAfterAttest();
      case KEY -> kms.releasing(_ -> "0011");
    }
    return this;
  }

  /** The event log no longer leads to the registers, of which RTMR3 is then the quote's own. */
  NodeScene withAnotherLog() {
    MeasuredEvent more = MeasuredEvent.runtime("late", new byte[0]);
    kmsMachine.extend(3, HexFormat.of().parseHex(more.digest()));
    registers.put(Register.RTMR3, Measurement.of(kmsMachine.rtmr(3)));
    return this;
  }

  private void evidenceWith(int flipped) {
    UnaryOperator<byte[]> before = evidenceOver;
    evidenceOver = asked -> flipped(before.apply(asked), flipped);
    kms.evidenceOver(evidenceOver);
  }

  private static byte[] flipped(byte[] bytes, int at) {
    bytes[at] ^= 1;
    return bytes;
  }

  private Expectations exactlyThis(Set<Bytes> fingerprints) {
    Map<Register, Set<Measurement>> measurements = new EnumMap<>(Register.class);
    registers.forEach((register, value) -> measurements.put(register, Set.of(value)));
    return new Expectations(statuses, measurements, Set.of(composeHash), fingerprints);
  }

  private KmsVerifier verifier(Set<Bytes> fingerprints) {
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(believed.pki().root().der()));
    DcapVerifier dcap = new DcapVerifier(anchor, VerifierOptions.STRICT);
    Collateral collateral = collateral();
    return new KmsVerifier(
        (quote, now) -> dcap.verify(quote, collateral, now),
        expectations == null ? exactlyThis(fingerprints) : expectations);
  }

  private static Collateral collateral() {
    try {
      return CollateralJson.parse(Bytes.of(PLATFORM.collateral().json().getBytes(UTF_8)));
    } catch (CollateralFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Expects that in place of exactly what is there. */
  NodeScene expecting(Expectations other) {
    expectations = other;
    return this;
  }

  private KeyFetch way() {
    return new KeyFetch(
        client, new NodeClient(client, quotes, identity, InstantSource.fixed(nodesClock)));
  }

  private static Bytes nonce() {
    return Bytes.of(new SecureRandom().generateSeed(32));
  }

  FetchedKey fetch() {
    return way().sealed(verifier(Set.of(fingerprint)), nonce(), NOW);
  }

  FetchedKey fetchPlain() {
    return way().plain(verifier(Set.of()), nonce(), NOW);
  }

  FetchedKey fetchPlainFromAKmsOfThisFingerprint() {
    return way().plain(verifier(Set.of(fingerprint)), nonce(), NOW);
  }

  FetchedKey fetchUnchecked() {
    return way().plainUnchecked();
  }

  @Override
  public void close() {
    client.close();
    kms.close();
    identity.close();
  }
}
