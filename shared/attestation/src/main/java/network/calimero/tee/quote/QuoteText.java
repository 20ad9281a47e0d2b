package network.calimero.tee.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import network.calimero.tee.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** A quote for people to read: grouped, names aligned, flags in words. */
public final class QuoteText {
  private final List<String> lines = new ArrayList<>();

  private QuoteText() {}

  /** The quote in lines of text, each ended by a line feed. */
  public static String of(Quote quote) {
    QuoteText text = new QuoteText();
    text.title(quote);
    text.header(quote.header());
    switch (quote.body()) {
      case TdReport report -> text.tdReport(report);
      case EnclaveReport report -> text.enclaveReport("SGX enclave report", report);
    }
    text.signatureData(quote.signatureData());
    text.line("");
    text.line("This is what the bytes say. Nothing of it is proven until the quote is verified.");
    return String.join("\n", text.lines) + "\n";
  }

  private void title(Quote quote) {
    line(
        "%s quote, version %d, %s"
            .formatted(
                quote.teeType(), quote.header().version(), byteCount(quote.declaredLength())));
    if (quote.trailingBytes() > 0) {
      line("(%s after its end, not read)".formatted(byteCount(quote.trailingBytes())));
    }
  }

  private void header(QuoteHeader header) {
    group("Header");
    row("attestation key", "type 2, ECDSA-256-with-P-256");
    if (header.version() == 3) {
      row("QE SVN", Integer.toString(header.qeSvn()));
      row("PCE SVN", Integer.toString(header.pceSvn()));
    }
    row("QE vendor", header.qeVendorId().hex() + " (Intel)");
    row("user data", header.userData());
  }

  private void tdReport(TdReport report) {
    @Nullable TdReport15 extension = report.extension15();
    group(extension == null ? "TD report 1.0" : "TD report 1.5");
    measurement("MRTD", report.mrTd());
    measurement("RTMR0", report.rtmr0());
    measurement("RTMR1", report.rtmr1());
    measurement("RTMR2", report.rtmr2());
    measurement("RTMR3", report.rtmr3());
    row("report data", report.reportData().value());
    row("TD attributes", report.tdAttributes().hex());
    row("", AttributeText.of(report.tdAttributes()));
    row("XFAM", report.xfam());
    measurement("MRCONFIGID", report.mrConfigId());
    measurement("MROWNER", report.mrOwner());
    measurement("MROWNERCONFIG", report.mrOwnerConfig());
    if (extension != null) {
      measurement("MRSERVICETD", extension.mrServiceTd());
    }
    group("TDX module");
    row("TEE TCB SVN", report.teeTcbSvn().hex() + moduleText(report.teeTcbSvn()));
    if (extension != null) {
      row(
          "TEE TCB SVN 2",
          extension.teeTcbSvn2().hex() + moduleText(extension.teeTcbSvn2()) + ", running now");
    }
    measurement("MRSEAM", report.mrSeam());
    row("MRSIGNERSEAM", measurementText(report.mrSignerSeam(), "zero (Intel's module)"));
    row("SEAM attributes", report.seamAttributes());
  }

  private static String moduleText(Bytes svn) {
    return " (module version %d, ISV SVN %d)".formatted(svn.byteAt(1), svn.byteAt(0));
  }

  private void enclaveReport(String title, EnclaveReport report) {
    group(title);
    row("MRENCLAVE", report.mrEnclave());
    row("MRSIGNER", report.mrSigner());
    row("ISV product ID", Integer.toString(report.isvProdId()));
    row("ISV SVN", Integer.toString(report.isvSvn()));
    row("report data", report.reportData().value());
    row("attributes", report.attributes().hex() + (report.isDebug() ? "" : " (DEBUG off)"));
    if (report.isDebug()) {
      row("", "DEBUG ON: it can be read and changed from outside, and keeps no secret");
    }
    row("CPU SVN", report.cpuSvn());
    row("MISCSELECT", report.miscSelect());
  }

  private void signatureData(SignatureData data) {
    group("Signature");
    row("signature", data.signature());
    row("attestation key", data.attestationKey());
    row("QE report signature", data.qeReportSignature());
    row("QE auth data", data.qeAuthData());
    row("certification data", certificationText(data.certificationData()));
    if (data.certificationData() instanceof CertificationData.Ppid ppid) {
      ppid.identity().ifPresent(this::platformIdentity);
    }
    enclaveReport("Quoting enclave's report", data.qeReport());
  }

  private static String certificationText(CertificationData data) {
    String kind =
        switch (data) {
          case CertificationData.Ppid ppid ->
              "PPID, " + ppid.form().name().toLowerCase(Locale.ROOT).replace('_', '-');
          case CertificationData.PckLeaf _ -> "PCK certificate";
          case CertificationData.PckChain _ -> "PCK certificate chain";
          case CertificationData.PlatformManifest _ ->
              "platform manifest, with which no quote verifies";
        };
    return "type %d (%s), %s".formatted(data.type(), kind, byteCount(data.data().length()));
  }

  private void platformIdentity(PlatformIdentity identity) {
    row("PPID", identity.ppid());
    row("platform CPU SVN", identity.cpuSvn());
    row("platform PCE SVN", Integer.toString(identity.pceSvn()));
    row("PCE ID", identity.pceId());
  }

  private void measurement(String name, Measurement value) {
    row(name, measurementText(value, "zero"));
  }

  private static String measurementText(Measurement value, String ifZero) {
    return value.isZero() ? ifZero : value.hex();
  }

  private void group(String title) {
    line("");
    line(title);
  }

  private void row(String name, Bytes value) {
    if (value.isEmpty()) {
      row(name, "none");
    } else {
      row(name, value.isZero() ? "zero" : value.hex());
    }
  }

  private void row(String name, String value) {
    line("  %-20s %s".formatted(name, value).stripTrailing());
  }

  private void line(String line) {
    lines.add(line);
  }

  private static String byteCount(int count) {
    return count == 1 ? "1 byte" : String.format(Locale.ROOT, "%,d bytes", count);
  }
}
