package network.calimero.tee.kms.cluster;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.collateral.CollateralSource;
import network.calimero.tee.collateral.OnlineVerifier;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.kms.attest.PlatformQuote;
import network.calimero.tee.kms.attest.QuoteSource;
import network.calimero.tee.kms.policy.CurrentPolicy;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.kms.time.FreshnessGuard;
import network.calimero.tee.kms.time.Minimums;
import network.calimero.tee.kms.time.SeenCollateral;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.MeasurementTuple;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.tdx.TdImage;
import tools.jackson.databind.node.JsonNodeFactory;

/** Simulated machines for replicas, and the rule among them. */
final class Machines {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final SecureRandom RANDOM = new SecureRandom();
  static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);

  /** An image of the KMS: its init service extended RTMR3. */
  static final TdImage IMAGE = TdImage.named("kms").withRtmr(3, filled(0x33));

  private Machines() {}

  static byte[] filled(int value) {
    byte[] bytes = new byte[48];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** How a test makes a quote from the report data that are asked for. */
  @FunctionalInterface
  interface Quoting {
    byte[] quote(byte[] reportData);
  }

  static QuoteSource quotes(TdImage image) {
    return quotes(PLATFORM.launch(image)::quote);
  }

  static QuoteSource quotes(Quoting quoting) {
    return new QuoteSource() {
      @Override
      public PlatformQuote quote(ReportData reportData) {
        byte[] quote = quoting.quote(reportData.value().toArray());
        return new PlatformQuote(Bytes.of(quote), JsonNodeFactory.instance.arrayNode(), "");
      }

      @Override
      public Optional<Bytes> ccel() {
        return Optional.empty();
      }

      @Override
      public Bytes defaultBinding() {
        return Bindings.ATTEST_CLUSTER;
      }
    };
  }

  /** What a machine of that image measures, however unfit it is to be a replica. */
  static OwnMeasurements measurements(TdImage image) throws QuoteFormatException {
    byte[] quote = PLATFORM.launch(image).quote(new byte[64]);
    return new OwnMeasurements(MeasurementTuple.of((TdReport) Quote.parse(quote).body()));
  }

  /** The rule of replicas of {@link #IMAGE} that allow UpToDate only. */
  static SameAsMe rule(SimulatedPlatform platform, VerifierOptions options) throws Exception {
    return rule(platform, options, enforced(Set.of(TcbStatus.UP_TO_DATE)));
  }

  static SameAsMe rule(SimulatedPlatform platform, VerifierOptions options, CurrentPolicy policy)
      throws Exception {
    FreshnessGuard guard = new FreshnessGuard(Instant.EPOCH, Minimums.NONE, new SeenCollateral());
    return rule(platform, options, policy, guard);
  }

  static SameAsMe rule(
      SimulatedPlatform platform,
      VerifierOptions options,
      CurrentPolicy policy,
      FreshnessGuard guard)
      throws Exception {
    Collateral collateral = collateral(platform);
    CollateralSource source = (_, _, _) -> collateral;
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(platform.pki().root().der()));
    OnlineVerifier verifier = new OnlineVerifier(new DcapVerifier(anchor, options), source);
    return new SameAsMe(verifier, guard, measurements(IMAGE), policy);
  }

  static SameAsMe rule() throws Exception {
    return rule(PLATFORM, VerifierOptions.STRICT);
  }

  private static Collateral collateral(SimulatedPlatform platform)
      throws CollateralFormatException {
    byte[] json = platform.collateral().json().getBytes(StandardCharsets.UTF_8);
    return CollateralJson.parse(Bytes.of(json));
  }

  /** A policy about nodes, of which replicas use the TCB statuses. */
  static CurrentPolicy enforced(Set<TcbStatus> statuses) {
    var values = Set.of(Measurement.of(filled(1)));
    var lists = Arrays.stream(Register.values()).collect(Collectors.toMap(r -> r, _ -> values));
    PolicyState ready =
        new PolicyState.Ready(
            new AppraisalPolicy.Enforced(
                Profile.LOCKED_READ_ONLY,
                Role.NODE,
                statuses,
                new ReferenceValues.SeparateLists(lists),
                Map.of()),
            "test",
            "digest");
    return () -> ready;
  }
}
