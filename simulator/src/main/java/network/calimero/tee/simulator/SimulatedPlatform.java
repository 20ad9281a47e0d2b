package network.calimero.tee.simulator;

import java.time.Instant;
import network.calimero.tee.simulator.codec.FixedLayout;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SgxExtension;
import network.calimero.tee.simulator.pki.SimulatedCertificate;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.quote.EnclaveField;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.QuotingEnclave;
import network.calimero.tee.simulator.quote.TdField;
import network.calimero.tee.simulator.tdx.SimulatedSgxEnclave;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;

/**
 * A pretend server that can run trust domains and enclaves, with the certificates and collateral
 * that vouch for it. Unless told otherwise everything about it is genuine in form, valid at the
 * instant it was built for, and UpToDate.
 *
 * <pre>{@code
 * SimulatedPlatform platform = SimulatedPlatform.builder(now).qeStatus("OutOfDate").build();
 * byte[] quote = platform.launch(TdImage.named("kms")).quote(reportData);
 * String collateral = platform.collateral().json();
 * byte[] trustedRoot = platform.pki().root().der();
 * }</pre>
 *
 * <p>Immutable; the machines launched on it are not.
 */
public final class SimulatedPlatform {
  private final SimulatedPki pki;
  private final PckCa pckCa;
  private final SgxExtension sgx;
  private final SimulatedCertificate pck;
  private final QuotingEnclave tdQuotingEnclave;
  private final QuotingEnclave sgxQuotingEnclave;
  private final FixedLayout<TdField> module;
  private final QuoteFormat format;
  private final SimulatedCollateral collateral;
  private final SimulatedCollateral sgxCollateral;

  SimulatedPlatform(PlatformBuilder builder) {
    PlatformAssembly assembly = new PlatformAssembly(builder);
    pki = assembly.pki();
    pckCa = builder.pckCa;
    sgx = assembly.sgxExtension();
    pck = assembly.pck();
    tdQuotingEnclave = assembly.tdQuotingEnclave();
    sgxQuotingEnclave = assembly.sgxQuotingEnclave();
    module = assembly.module();
    format = builder.format;
    collateral = assembly.tdxCollateral();
    sgxCollateral = assembly.sgxCollateral();
  }

  /** A platform with random keys, UpToDate, valid at {@code now}. */
  public static SimulatedPlatform at(Instant now) {
    return builder(now).build();
  }

  /** A platform to be changed before it is built. */
  public static PlatformBuilder builder(Instant now) {
    return new PlatformBuilder(now);
  }

  /** The certificate authority above it; its root is what a verifier must be told to trust. */
  public SimulatedPki pki() {
    return pki;
  }

  /** Which authority certified it. */
  public PckCa pckCa() {
    return pckCa;
  }

  /** Its PCK certificate. */
  public SimulatedCertificate pck() {
    return pck;
  }

  /** The FMSPC of its PCK certificate in upper-case hex, by which collateral is asked for. */
  public String fmspc() {
    return sgx.fmspcHex();
  }

  /** Its PCK certificate, intermediate and root in PEM. */
  public String pckChain() {
    return pki.pckChain(pckCa, pck);
  }

  /** Launches a trust domain. */
  public SimulatedTdxMachine launch(TdImage image) {
    return new SimulatedTdxMachine(tdQuotingEnclave, module, image, format);
  }

  /** Loads an SGX enclave that a name stands for: its MRENCLAVE and MRSIGNER are hashes of it. */
  public SimulatedSgxEnclave loadEnclave(String name) {
    FixedLayout<EnclaveField> report = new FixedLayout<>(EnclaveField.class);
    report.set(EnclaveField.CPU_SVN, sgx.cpuSvn());
    report.set(EnclaveField.ATTRIBUTES, "0500000000000000e700000000000000");
    report.set(EnclaveField.MR_ENCLAVE, Hash.sha256(Hash.sha384(name)));
    report.set(EnclaveField.MR_SIGNER, Hash.sha256(Hash.sha384(name + "/signer")));
    report.set(EnclaveField.ISV_PROD_ID, 1);
    report.set(EnclaveField.ISV_SVN, 1);
    return new SimulatedSgxEnclave(sgxQuotingEnclave, report);
  }

  /** What a verifier needs for this platform's TDX quotes. */
  public SimulatedCollateral collateral() {
    return collateral;
  }

  /** What a verifier needs for this platform's SGX quotes. */
  public SimulatedCollateral sgxCollateral() {
    return sgxCollateral;
  }
}
