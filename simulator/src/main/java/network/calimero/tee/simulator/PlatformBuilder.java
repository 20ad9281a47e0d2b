package network.calimero.tee.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.TcbLevels.Status;
import network.calimero.tee.simulator.codec.FixedLayout;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.collateral.QeIdentity;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.collateral.TcbInfo;
import network.calimero.tee.simulator.pki.CertificateBuilder;
import network.calimero.tee.simulator.pki.CrlBuilder;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.quote.EnclaveField;
import network.calimero.tee.simulator.quote.QuoteBuilder;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.TdField;
import org.jspecify.annotations.Nullable;

/**
 * The knobs of a {@link SimulatedPlatform}: first what is asked for most by name, then a hook into
 * every part before it is signed. Hooks of the same part run in the order in which they were given,
 * after the named knobs.
 */
public final class PlatformBuilder {
  final Instant now;
  Seed seed = Seed.random();
  @Nullable SimulatedPki pki;
  Consumer<SimulatedPki.Builder> pkiChange = p -> {};
  @Nullable SimulatedCertificate tcbSigner;
  String name = "platform";
  String fmspc = "50A06D5EED00";
  PckCa pckCa = PckCa.PLATFORM;
  List<Integer> sgxComponents = List.of(4, 4, 2, 2, 4, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0);
  int pceSvn = 11;
  int tdxMicrocodeSvn = 4;
  int moduleVersion = 1;
  int moduleIsvSvn = 5;
  int qeIsvSvn = 4;
  Status platform = Status.of("UpToDate");
  Status qe = Status.of("UpToDate");
  Status moduleStatus = Status.of("UpToDate");
  boolean noPlatformLevel;
  boolean noQeLevel;
  boolean noModuleLevel;
  boolean moduleUpdatedSinceLaunch;
  boolean pckChainInCollateral;
  int certificationType = 5;
  QuoteFormat format = QuoteFormat.TDX_V4;
  final Set<Revoked> revoked = EnumSet.noneOf(Revoked.class);
  Consumer<CertificateBuilder> pck = c -> {};
  Consumer<CrlBuilder> rootCrl = c -> {};
  Consumer<CrlBuilder> pckCrl = c -> {};
  Consumer<TcbInfo> tcbInfo = t -> {};
  Consumer<QeIdentity> qeIdentity = q -> {};
  Consumer<FixedLayout<EnclaveField>> qeReport = r -> {};
  Consumer<FixedLayout<TdField>> module = m -> {};
  Consumer<QuoteBuilder> everyQuote = q -> {};
  UnaryOperator<String> chainText = UnaryOperator.identity();
  UnaryOperator<SimulatedCollateral> collateral = UnaryOperator.identity();

  PlatformBuilder(Instant now) {
    this.now = now;
  }

  /** Signs everything and puts it together. */
  public SimulatedPlatform build() {
    return new SimulatedPlatform(this);
  }

  // ---- who it is

  /** Makes everything reproducible to the byte; without it keys are random. */
  public PlatformBuilder seed(String text) {
    seed = Seed.of(text);
    return this;
  }

  /** Puts it under an existing authority, so that several platforms share one root. */
  public PlatformBuilder pki(SimulatedPki shared) {
    pki = shared;
    return this;
  }

  /** Changes the authority that is made for it (no effect with {@link #pki(SimulatedPki)}). */
  public PlatformBuilder pkiSettings(Consumer<SimulatedPki.Builder> change) {
    pkiChange = pkiChange.andThen(change);
    return this;
  }

  /** Tells platforms of the same FMSPC apart. */
  public PlatformBuilder name(String value) {
    name = value;
    return this;
  }

  /** 6 bytes in hex. */
  public PlatformBuilder fmspc(String hex) {
    fmspc = hex;
    return this;
  }

  /** Which authority certifies it. */
  public PlatformBuilder pckCa(PckCa ca) {
    pckCa = ca;
    return this;
  }

  /** Its SGX component SVNs, 16; they are also its CPUSVN. */
  public PlatformBuilder sgxComponents(List<Integer> svns) {
    sgxComponents = List.copyOf(svns);
    return this;
  }

  /** Its PCESVN. */
  public PlatformBuilder pceSvn(int svn) {
    pceSvn = svn;
    return this;
  }

  /** Version (TEE_TCB_SVN[1]) and SVN (TEE_TCB_SVN[0]) of its TDX module. */
  public PlatformBuilder module(int version, int isvSvn) {
    moduleVersion = version;
    moduleIsvSvn = isvSvn;
    return this;
  }

  /** The SVN of its quoting enclave. */
  public PlatformBuilder qeIsvSvn(int svn) {
    qeIsvSvn = svn;
    return this;
  }

  /** The format of its TDs' quotes unless a quote asks for another. */
  public PlatformBuilder format(QuoteFormat value) {
    format = value;
    return this;
  }

  // ---- what is wrong with it, by name

  /**
   * The platform's status; if it is short of something, that is one of SGX component 0. An unknown
   * text is written as given.
   */
  public PlatformBuilder platformStatus(String status, String... advisoryIds) {
    platform = Status.of(status, advisoryIds);
    return this;
  }

  /** The quoting enclave's status. */
  public PlatformBuilder qeStatus(String status, String... advisoryIds) {
    qe = Status.of(status, advisoryIds);
    return this;
  }

  /** The TDX module's status. */
  public PlatformBuilder moduleStatus(String status, String... advisoryIds) {
    moduleStatus = Status.of(status, advisoryIds);
    return this;
  }

  /** Every level of the TCB info needs more than the platform has. */
  public PlatformBuilder platformBelowEveryLevel() {
    noPlatformLevel = true;
    return this;
  }

  /** Every level of the QE identity needs more than the quoting enclave has. */
  public PlatformBuilder qeBelowEveryLevel() {
    noQeLevel = true;
    return this;
  }

  /** Every level of the module's identity needs more than the module has. */
  public PlatformBuilder moduleBelowEveryLevel() {
    noModuleLevel = true;
    return this;
  }

  /**
   * TDs were launched by a module that is now OutOfDate, the one running is UpToDate; a report 1.5
   * says so, and the verdict is TDRelaunchAdvised.
   */
  public PlatformBuilder moduleUpdatedSinceLaunch() {
    moduleUpdatedSinceLaunch = true;
    return format(QuoteFormat.TDX_V5_TD15);
  }

  /** Puts a certificate of its chains on the CRL that is for it. */
  public PlatformBuilder revoke(Revoked certificate) {
    revoked.add(certificate);
    return this;
  }

  /** The PCK certificate ended yesterday. */
  public PlatformBuilder pckExpired() {
    return pck(c -> c.validity(days(-400), days(-1)));
  }

  /** The PCK certificate begins tomorrow. */
  public PlatformBuilder pckNotYetValid() {
    return pck(c -> c.validity(days(1), days(400)));
  }

  /** The PCK certificate says nothing of SGX. */
  public PlatformBuilder pckWithoutSgxExtension() {
    return pck(c -> c.sgx(null));
  }

  /** The TCB info was due yesterday. */
  public PlatformBuilder tcbInfoExpired() {
    return tcbInfo(t -> t.dates(days(-31), days(-1)));
  }

  /** The TCB info will be issued tomorrow. */
  public PlatformBuilder tcbInfoFromTheFuture() {
    return tcbInfo(t -> t.dates(days(1), days(31)));
  }

  /** The QE identity was due yesterday. */
  public PlatformBuilder qeIdentityExpired() {
    return qeIdentity(q -> q.dates(days(-31), days(-1)));
  }

  /** The QE identity will be issued tomorrow. */
  public PlatformBuilder qeIdentityFromTheFuture() {
    return qeIdentity(q -> q.dates(days(1), days(31)));
  }

  /** The root's CRL was due yesterday. */
  public PlatformBuilder rootCrlExpired() {
    return rootCrl(c -> c.validity(days(-366), days(-1)));
  }

  /** The PCK authority's CRL was due yesterday. */
  public PlatformBuilder pckCrlExpired() {
    return pckCrl(c -> c.validity(days(-31), days(-1)));
  }

  /** The TCB recovery that both documents belong to. */
  public PlatformBuilder evaluationDataNumber(int number) {
    return tcbInfo(t -> t.evaluationDataNumber(number))
        .qeIdentity(q -> q.evaluationDataNumber(number));
  }

  /** Who signs the documents in place of the authority's own signer; also the chain's first. */
  public PlatformBuilder tcbSigner(SimulatedCertificate signer) {
    tcbSigner = signer;
    return this;
  }

  /** How its quotes name the PCK certificate: 1 to 5 or 7; another type has no data. */
  public PlatformBuilder certificationType(int type) {
    certificationType = type;
    return this;
  }

  /** Adds the PCK chain to the collateral, for quotes that do not carry it. */
  public PlatformBuilder pckChainInCollateral() {
    pckChainInCollateral = true;
    return this;
  }

  // ---- hooks into every part

  /** Changes the PCK certificate before it is signed. */
  public PlatformBuilder pck(Consumer<CertificateBuilder> change) {
    pck = pck.andThen(change);
    return this;
  }

  /** Changes the root's CRL before it is signed. */
  public PlatformBuilder rootCrl(Consumer<CrlBuilder> change) {
    rootCrl = rootCrl.andThen(change);
    return this;
  }

  /** Changes the PCK authority's CRL before it is signed. */
  public PlatformBuilder pckCrl(Consumer<CrlBuilder> change) {
    pckCrl = pckCrl.andThen(change);
    return this;
  }

  /** Changes both TCB infos (TDX and SGX) before they are signed. */
  public PlatformBuilder tcbInfo(Consumer<TcbInfo> change) {
    tcbInfo = tcbInfo.andThen(change);
    return this;
  }

  /** Changes both QE identities (TD_QE and QE) before they are signed. */
  public PlatformBuilder qeIdentity(Consumer<QeIdentity> change) {
    qeIdentity = qeIdentity.andThen(change);
    return this;
  }

  /** Changes the quoting enclave's own report, all but its report data. */
  public PlatformBuilder qeReport(Consumer<FixedLayout<EnclaveField>> change) {
    qeReport = qeReport.andThen(change);
    return this;
  }

  /** Changes what the TDX module contributes to reports: SVNs, MRSEAM, its signer, attributes. */
  public PlatformBuilder moduleReport(Consumer<FixedLayout<TdField>> change) {
    module = module.andThen(change);
    return this;
  }

  /** Changes every quote before it is signed; changes made for one quote come after. */
  public PlatformBuilder everyQuote(Consumer<QuoteBuilder> change) {
    everyQuote = everyQuote.andThen(change);
    return this;
  }

  /** Changes the PEM text of certification data 5: order, line ends, a NUL at the end. */
  public PlatformBuilder chainText(UnaryOperator<String> change) {
    UnaryOperator<String> before = chainText;
    chainText = text -> change.apply(before.apply(text));
    return this;
  }

  /** Changes the collateral after everything in it was signed. */
  public PlatformBuilder collateral(UnaryOperator<SimulatedCollateral> change) {
    UnaryOperator<SimulatedCollateral> before = collateral;
    collateral = made -> change.apply(before.apply(made));
    return this;
  }

  private Instant days(long offset) {
    return now.plus(Duration.ofDays(offset));
  }
}
