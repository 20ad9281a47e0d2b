package network.calimero.tee.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import network.calimero.tee.simulator.TcbLevels.Status;
import network.calimero.tee.simulator.TcbLevels.Tcb;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.FixedLayout;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.collateral.QeIdentity;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.collateral.SvnLevel;
import network.calimero.tee.simulator.collateral.TcbInfo;
import network.calimero.tee.simulator.collateral.TdxModuleIdentity;
import network.calimero.tee.simulator.pki.CrlBuilder;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.Pem;
import network.calimero.tee.simulator.pki.SgxExtension;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.quote.CertificationData;
import network.calimero.tee.simulator.quote.EnclaveField;
import network.calimero.tee.simulator.quote.HeaderField;
import network.calimero.tee.simulator.quote.QuoteBuilder;
import network.calimero.tee.simulator.quote.QuotingEnclave;
import network.calimero.tee.simulator.quote.TdField;

/** Turns a builder's settings into keys, certificates, documents and enclaves that fit together. */
final class PlatformAssembly {
  private static final int TDX_QE_PROD_ID = 2;
  private static final int SGX_QE_PROD_ID = 1;
  private static final String TDX_QE_SIGNER = signer("simulated TD quoting enclave");
  private static final String SGX_QE_SIGNER = signer("simulated quoting enclave");
  private static final Duration MONTH = Duration.ofDays(30);

  private final PlatformBuilder settings;
  private final Instant now;
  private final Seed seed;
  private final TcbLevels levels;
  private final SimulatedPki pki;
  private final SgxExtension sgx;
  private final SimulatedCertificate pck;

  PlatformAssembly(PlatformBuilder settings) {
    this.settings = settings;
    now = settings.now;
    levels = new TcbLevels(now);
    pki = settings.pki == null ? ownPki() : settings.pki;
    seed = pki.seed().child("platform/" + settings.name + "/" + settings.fmspc);
    sgx = certifiedFacts();
    pck = pki.issuePck(settings.pckCa, settings.name + "/" + settings.fmspc, sgx, settings.pck);
  }

  SimulatedPki pki() {
    return pki;
  }

  SgxExtension sgxExtension() {
    return sgx;
  }

  SimulatedCertificate pck() {
    return pck;
  }

  /** What the TDX module contributes to every report. */
  FixedLayout<TdField> module() {
    FixedLayout<TdField> module = new FixedLayout<>(TdField.class);
    module.set(TdField.TEE_TCB_SVN, teeTcbSvn(settings.moduleIsvSvn));
    module.set(TdField.MR_SEAM, Hash.sha384("simulated TDX module " + settings.moduleVersion));
    int current = settings.moduleIsvSvn + (settings.moduleUpdatedSinceLaunch ? 1 : 0);
    module.set(TdField.TEE_TCB_SVN_2, teeTcbSvn(current));
    settings.module.accept(module);
    return module;
  }

  QuotingEnclave tdQuotingEnclave() {
    return quotingEnclave("td", qeReport(TDX_QE_SIGNER, TDX_QE_PROD_ID), quote -> {});
  }

  QuotingEnclave sgxQuotingEnclave() {
    Consumer<QuoteBuilder> svns =
        quote ->
            quote.header(header ->
                header
                    .set(HeaderField.QE_SVN, settings.qeIsvSvn)
                    .set(HeaderField.PCE_SVN, settings.pceSvn));
    return quotingEnclave("sgx", qeReport(SGX_QE_SIGNER, SGX_QE_PROD_ID), svns);
  }

  SimulatedCollateral tdxCollateral() {
    TcbInfo info = TcbInfo.tdx(settings.fmspc, issued(), due());
    info.moduleIdentities(moduleIdentities());
    return collateral(info, QeIdentity.tdx(TDX_QE_SIGNER, issued(), due()));
  }

  SimulatedCollateral sgxCollateral() {
    TcbInfo info = TcbInfo.sgx(settings.fmspc, issued(), due());
    return collateral(info, QeIdentity.sgx(SGX_QE_SIGNER, issued(), due()));
  }

  private SimulatedPki ownPki() {
    SimulatedPki.Builder builder = SimulatedPki.builder(now).seed(settings.seed);
    settings.pkiChange.accept(builder);
    return builder.build();
  }

  private SgxExtension certifiedFacts() {
    SgxExtension facts =
        new SgxExtension()
            .ppid(seed.bytes("ppid", 16))
            .components(settings.sgxComponents)
            .pceSvn(settings.pceSvn)
            .fmspc(Bytes.unhex(settings.fmspc));
    if (settings.pckCa == PckCa.PLATFORM) {
      facts.sgxType(1).platform(seed.bytes("platform instance", 16), true);
    }
    return facts;
  }

  private SimulatedCollateral collateral(TcbInfo info, QeIdentity identity) {
    Tcb tcb = new Tcb(settings.sgxComponents, settings.pceSvn, levelTdxComponents());
    info.levels(
        settings.noPlatformLevel ? levels.above(tcb) : levels.platform(tcb, settings.platform));
    identity.levels(
        settings.noQeLevel
            ? levels.above(settings.qeIsvSvn)
            : levels.svn(settings.qeIsvSvn, settings.qe));
    settings.tcbInfo.accept(info);
    settings.qeIdentity.accept(identity);
    SimulatedCertificate signer =
        settings.tcbSigner == null ? pki.tcbSigning() : settings.tcbSigner;
    SimulatedCollateral made =
        SimulatedCollateral.of(
            pki.pckCrlIssuerChain(settings.pckCa),
            pki.rootCrl(rootCrl()),
            pki.pckCrl(settings.pckCa, pckCrl()),
            Pem.chain(signer, pki.root()),
            info.sign(signer.key()),
            identity.sign(signer.key()));
    if (settings.pckChainInCollateral) {
      made = made.with(SimulatedCollateral.PCK_CERTIFICATE_CHAIN, pckChain());
    }
    return settings.collateral.apply(made);
  }

  private Consumer<CrlBuilder> rootCrl() {
    Consumer<CrlBuilder> change =
        crl -> {
          if (settings.revoked.contains(Revoked.PCK_CA)) {
            crl.revoke(pki.pckCa(settings.pckCa));
          }
          if (settings.revoked.contains(Revoked.TCB_SIGNING)) {
            crl.revoke(pki.tcbSigning());
          }
          if (settings.revoked.contains(Revoked.ROOT)) {
            crl.revoke(pki.root());
          }
        };
    return change.andThen(settings.rootCrl);
  }

  private Consumer<CrlBuilder> pckCrl() {
    Consumer<CrlBuilder> change =
        crl -> {
          if (settings.revoked.contains(Revoked.PCK)) {
            crl.revoke(pck);
          }
        };
    return change.andThen(settings.pckCrl);
  }

  private List<TdxModuleIdentity> moduleIdentities() {
    int version = Math.max(settings.moduleVersion, 1);
    boolean updated = settings.moduleUpdatedSinceLaunch;
    List<SvnLevel> own =
        updated
            ? levels.svn(settings.moduleIsvSvn, Status.of("OutOfDate", "INTEL-SA-00002"))
            : levels.svn(settings.moduleIsvSvn, settings.moduleStatus);
    if (settings.noModuleLevel) {
      own = levels.above(settings.moduleIsvSvn);
    }
    List<SvnLevel> newer = levels.svn(settings.moduleIsvSvn, Status.of("UpToDate"));
    return List.of(TdxModuleIdentity.of(version + 2, newer), TdxModuleIdentity.of(version, own));
  }

  /** TEE_TCB_SVN: the module's SVN, its version, then the platform's other TDX components. */
  private byte[] teeTcbSvn(int moduleIsvSvn) {
    List<Integer> svns = new ArrayList<>(Collections.nCopies(16, 0));
    svns.set(0, moduleIsvSvn);
    svns.set(1, settings.moduleVersion);
    svns.set(2, settings.tdxMicrocodeSvn);
    return Bytes.ofSvns(svns);
  }

  private List<Integer> levelTdxComponents() {
    List<Integer> svns = new ArrayList<>(Collections.nCopies(16, 0));
    svns.set(0, settings.moduleIsvSvn);
    svns.set(2, settings.tdxMicrocodeSvn);
    return svns;
  }

  private QuotingEnclave quotingEnclave(
      String kind, FixedLayout<EnclaveField> report, Consumer<QuoteBuilder> kindOfQuote) {
    return new QuotingEnclave(
        seed.key(kind + "/attestation"),
        pck.key(),
        report,
        seed.bytes(kind + "/auth data", 32),
        certification(),
        kindOfQuote.andThen(settings.everyQuote));
  }

  private FixedLayout<EnclaveField> qeReport(String mrSigner, int prodId) {
    FixedLayout<EnclaveField> report = new FixedLayout<>(EnclaveField.class);
    report.set(EnclaveField.CPU_SVN, sgx.cpuSvn());
    report.set(EnclaveField.ATTRIBUTES, "1500000000000000e700000000000000");
    report.set(EnclaveField.MR_ENCLAVE, Hash.sha256(Hash.sha384("quoting enclave " + prodId)));
    report.set(EnclaveField.MR_SIGNER, mrSigner);
    report.set(EnclaveField.ISV_PROD_ID, prodId);
    report.set(EnclaveField.ISV_SVN, settings.qeIsvSvn);
    settings.qeReport.accept(report);
    return report;
  }

  private CertificationData certification() {
    return switch (settings.certificationType) {
      case 1 -> CertificationData.ppidClear(sgx);
      case 2 -> CertificationData.ppidRsa2048(seed.bytes("encrypted ppid", 256), sgx);
      case 3 -> CertificationData.ppidRsa3072(seed.bytes("encrypted ppid", 384), sgx);
      case 4 -> CertificationData.pckLeaf(pck.pem());
      case 5 -> CertificationData.pckChain(settings.chainText.apply(pckChain()));
      case 7 -> CertificationData.platformManifest(seed.bytes("manifest", 512));
      default -> CertificationData.of(settings.certificationType, new byte[0]);
    };
  }

  private String pckChain() {
    return pki.pckChain(settings.pckCa, pck);
  }

  private Instant issued() {
    return now.minus(Duration.ofDays(1));
  }

  private Instant due() {
    return issued().plus(MONTH);
  }

  private static String signer(String text) {
    return Bytes.upperHex(Hash.sha256(Hash.sha384(text)));
  }
}
