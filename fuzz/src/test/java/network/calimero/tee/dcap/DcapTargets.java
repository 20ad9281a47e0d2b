package network.calimero.tee.dcap;

import static network.calimero.tee.fuzz.Genuine.COLLATERAL;
import static network.calimero.tee.fuzz.Genuine.NOW;
import static network.calimero.tee.fuzz.Genuine.PKI;
import static network.calimero.tee.fuzz.Genuine.PLATFORM;
import static network.calimero.tee.fuzz.Genuine.VERIFIER;
import static network.calimero.tee.fuzz.Target.requirePlain;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Target;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.QuoteInput;
import network.calimero.tee.quote.QuoteJson;
import network.calimero.tee.quote.QuoteNotFoundException;
import network.calimero.tee.quote.QuoteText;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.x509.DistinguishedName;

/** Quotes, and everything that Intel or whoever pretends to be Intel says of them. */
public final class DcapTargets {
  private DcapTargets() {}

  /** The targets. */
  public static List<Target> all() {
    return List.of(
        new Target(
            "quote",
            Target.VERIFYING,
            DcapTargets::quotes,
            DcapTargets::quote,
            Set.of(QuoteFormatException.class, VerificationException.class)),
        new Target(
            "quote_file",
            Target.PARSING,
            DcapTargets::quoteFiles,
            DcapTargets::quoteFile,
            Set.of(QuoteNotFoundException.class, QuoteFormatException.class)),
        document("certificate", DcapTargets::certificates, DcapTargets::certificate),
        document("crl", DcapTargets::crls, DcapTargets::crl),
        document(
            "tcb_info", () -> List.of(COLLATERAL.tcbInfo(), sgx().tcbInfo()), DcapTargets::tcbInfo),
        document("qe_identity", () -> List.of(COLLATERAL.qeIdentity()), DcapTargets::qeIdentity),
        new Target(
            "pem",
            Target.VERIFYING,
            () ->
                List.of(
                    genuine().signatureData().certificationData().data(),
                    COLLATERAL.tcbInfoIssuerChain()),
            named(DcapTargets::pem),
            Set.of(VerificationException.class)),
        new Target(
            "collateral",
            Target.VERIFYING,
            DcapTargets::collaterals,
            DcapTargets::collateral,
            Set.of(CollateralFormatException.class, VerificationException.class)));
  }

  private static Target document(String name, Supplier<List<Bytes>> seeds, Target.Reader reader) {
    return new Target(
        name, Target.PARSING, seeds, named(reader), Set.of(VerificationException.class));
  }

  /** As it is caught where the document is known, and its text made plain there. */
  private static Target.Reader named(Target.Reader reader) {
    return bytes -> {
      try {
        reader.read(bytes);
      } catch (MalformedException e) {
        throw new VerificationException(FailureCode.COLLATERAL_MALFORMED, e.reason());
      }
    };
  }

  private static List<Bytes> quotes() {
    return List.of(
        Genuine.quote(PLATFORM),
        Genuine.quote(QuoteFormat.TDX_V5_TD15),
        Genuine.sgxQuote(),
        Genuine.quote(Genuine.builder().certificationType(2).build()));
  }

  private static void quote(Bytes bytes) throws QuoteFormatException, VerificationException {
    Quote quote = Quote.parse(bytes);
    if (QuoteJson.text(quote).isEmpty() || QuoteText.of(quote).isEmpty()) {
      throw new AssertionError("nothing to show");
    }
    VERIFIER.verify(quote, COLLATERAL, NOW);
  }

  private static List<Bytes> quoteFiles() {
    String hex = "04000200810000";
    return List.of(
        Genuine.utf8("{\"quote\":\"%s\",\"event_log\":\"[]\"}".formatted(hex)),
        Genuine.utf8("{\"data\":{\"quoteB64\":\"BAACAA==\"}}"),
        Genuine.utf8("[4,0,2,0,129]"),
        Genuine.utf8("0x" + hex + "\n"),
        Genuine.utf8("BAAC\nAA=="),
        Bytes.fromHex(hex));
  }

  private static void quoteFile(Bytes bytes) throws QuoteNotFoundException, QuoteFormatException {
    QuoteInput input = QuoteInput.find(bytes.toArray());
    requirePlain(input.describe());
    if (input.bytes().length() > bytes.length()) {
      throw new AssertionError("a quote that is larger than what it was found in");
    }
  }

  private static List<Bytes> certificates() {
    return List.of(
        Bytes.of(PLATFORM.pck().der()),
        Bytes.of(PKI.root().der()),
        Bytes.of(PKI.pckCa(PckCa.PLATFORM).der()));
  }

  private static void certificate(Bytes bytes) throws MalformedException {
    Certificate certificate = Certificate.parse(bytes);
    requirePlain(certificate.commonName());
    PckExtension.read(certificate);
  }

  private static List<Bytes> crls() {
    return List.of(
        Bytes.of(PKI.rootCrl(c -> {})), Bytes.of(PKI.rootCrl(c -> c.revoke(PKI.tcbSigning()))));
  }

  private static void crl(Bytes bytes) throws MalformedException {
    Crl crl = Crl.parse(bytes);
    requirePlain(DistinguishedName.commonName(crl.issuer()));
  }

  private static void tcbInfo(Bytes bytes) throws MalformedException {
    TcbInfo info = TcbInfoParser.parse(bytes);
    if (info.levels().isEmpty() || info.id().equals("TDX") == info.tdxModule().isEmpty()) {
      throw new AssertionError("TCB info that cannot be: " + info);
    }
  }

  private static void qeIdentity(Bytes bytes) throws MalformedException {
    if (QeIdentity.parse(bytes).levels().isEmpty()) {
      throw new AssertionError("QE identity without levels");
    }
  }

  private static void pem(Bytes bytes) throws MalformedException, VerificationException {
    if (Certificate.parsePem(bytes, 3).size() > 3) {
      throw new AssertionError("more than asked for");
    }
    PckChain.authenticate(bytes, Genuine.ANCHOR, NOW);
  }

  private static List<Bytes> collaterals() {
    return List.of(
        Genuine.utf8(PLATFORM.collateral().json()),
        Genuine.utf8(Genuine.builder().pckChainInCollateral().build().collateral().json()));
  }

  private static void collateral(Bytes bytes)
      throws CollateralFormatException, VerificationException, QuoteFormatException {
    Collateral collateral = CollateralJson.parse(bytes);
    String written = CollateralJson.write(collateral).toString();
    if (!CollateralJson.parse(Genuine.utf8(written)).equals(collateral)) {
      throw new AssertionError("collateral that does not survive writing and reading");
    }
    VERIFIER.verify(genuine(), collateral, NOW);
  }

  private static Collateral sgx() {
    return Genuine.read(PLATFORM.sgxCollateral().json());
  }

  private static Quote genuine() {
    return Lazily.QUOTE;
  }

  /** Read once, when it is first needed. */
  private static final class Lazily {
    static final Quote QUOTE = parsed();

    private static Quote parsed() {
      try {
        return Quote.parse(Genuine.quote(PLATFORM));
      } catch (QuoteFormatException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
