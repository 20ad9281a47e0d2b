package network.calimero.tee.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.simulator.PlatformBuilder;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.tdx.TdImage;

/** A platform at which nothing is wrong, the same in every run: what is changed from there. */
public final class Genuine {
  /** When everything is valid. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** The authority above the platform. */
  public static final SimulatedPki PKI = SimulatedPki.builder(NOW).seed(Seed.of("fuzzing")).build();

  /** The root that is trusted. */
  public static final TrustAnchor ANCHOR = TrustAnchor.of(Bytes.of(PKI.root().der()));

  /** The platform. */
  public static final SimulatedPlatform PLATFORM = builder().build();

  /** The image that is launched there, measured by its init service as one of a KMS is. */
  public static final TdImage IMAGE = TdImage.named("node").withRtmr(3, constantRegister());

  /** What vouches for its quotes. */
  public static final Collateral COLLATERAL = read(PLATFORM.collateral().json());

  /** Verifies its quotes, with answers kept as a server keeps them. */
  public static final DcapVerifier VERIFIER =
      DcapVerifier.caching(ANCHOR, VerifierOptions.STRICT, 4);

  private static final byte[] REPORT_DATA = "what the workload says".getBytes(UTF_8);

  private Genuine() {}

  /** A platform under the same authority that a caller changes. */
  public static PlatformBuilder builder() {
    return SimulatedPlatform.builder(NOW).pki(PKI);
  }

  /** A quote of a trust domain there. */
  public static Bytes quote(SimulatedPlatform platform) {
    return Bytes.of(platform.launch(IMAGE).quote(REPORT_DATA));
  }

  /** The same, with quotes of that form. */
  public static Bytes quote(QuoteFormat format) {
    PlatformBuilder builder = builder();
    builder.format(format);
    return quote(builder.build());
  }

  /** A quote of an SGX enclave there. */
  public static Bytes sgxQuote() {
    return Bytes.of(PLATFORM.loadEnclave("enclave").quote(REPORT_DATA, q -> {}));
  }

  /** Reads collateral that is known to be good. */
  public static Collateral read(String json) {
    try {
      return CollateralJson.parse(utf8(json));
    } catch (CollateralFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] constantRegister() {
    byte[] value = new byte[48];
    Arrays.fill(value, (byte) 0x33);
    return value;
  }

  /** The bytes of a text. */
  public static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(UTF_8));
  }

  /** The text of bytes, whatever they are. */
  public static String text(Bytes bytes) {
    return new String(bytes.toArray(), UTF_8);
  }

  /** Random numbers that are the same in every run. */
  public static SecureRandom constant(int value) {
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) value);
      }
    };
  }
}
