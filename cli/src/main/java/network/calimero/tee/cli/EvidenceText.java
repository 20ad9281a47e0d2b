package network.calimero.tee.cli;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.dcap.CollateralSummary;
import network.calimero.tee.dcap.Platform;
import network.calimero.tee.dcap.Shortfall;
import network.calimero.tee.dcap.TcbEvaluation;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.quote.EnclaveReport;
import network.calimero.tee.quote.TdReport;

/** Proven evidence for people: status, platform, collateral, registers. */
final class EvidenceText {
  private EvidenceText() {}

  static void root(Page page, TrustAnchor anchor) {
    page.line("");
    if (anchor.isIntel()) {
      page.row("root", anchor.name());
      return;
    }
    page.row(
        "root", "\"%s\", SHA-256 %s".formatted(PlainText.of(anchor.name()), anchor.fingerprint()));
    page.row("", "given by --root: this is NOT Intel's root, and Intel vouches for nothing here");
  }

  static void write(Page page, VerifiedQuote evidence) {
    tcb(page, evidence.tcb());
    platform(page, evidence.platform());
    collateral(page, evidence.collateral());
    registers(page, evidence);
  }

  private static void tcb(Page page, TcbEvaluation tcb) {
    page.group("TCB");
    page.row("status", tcb.status().text());
    page.row("platform", tcb.platform().text());
    tcb.tdxModule().map(TcbStatus::text).ifPresent(text -> page.row("TDX module", text));
    page.row("quoting enclave", tcb.quotingEnclave().text());
    tcb.current().map(TcbStatus::text).ifPresent(text -> page.row("module running now", text));
    page.row("TCB date", tcb.date().toString());
    String advisories = String.join(", ", tcb.advisoryIds());
    page.row("advisories", advisories.isEmpty() ? "none" : PlainText.of(advisories));
    if (!tcb.shortfalls().isEmpty()) {
      page.group("What is short");
      shortfalls(page, tcb);
    }
  }

  /** Each remedy once, after the last shortfall that it cures. */
  private static void shortfalls(Page page, TcbEvaluation tcb) {
    Set<String> said = new HashSet<>();
    for (Shortfall shortfall : tcb.shortfalls()) {
      page.line("  " + PlainText.of(shortfall.text()));
    }
    for (Shortfall shortfall : tcb.shortfalls()) {
      if (said.add(shortfall.part().remedy())) {
        page.line("  → " + shortfall.part().remedy());
      }
    }
  }

  private static void platform(Page page, Platform platform) {
    page.group("Platform");
    page.row("FMSPC", platform.fmspc().hex());
    page.row("PCE", "ID %s, SVN %d".formatted(platform.pceId().hex(), platform.pceSvn()));
    page.row(
        "SGX components",
        platform.sgxComponents().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    page.row("PPID", platform.ppid().hex());
    page.row("certified by", "PCK CA " + platform.issuer());
  }

  private static void collateral(Page page, CollateralSummary collateral) {
    page.group("Collateral");
    page.row(
        "TCB info",
        "evaluation number %d, from %s to %s"
            .formatted(
                collateral.tcbEvaluationDataNumber(),
                collateral.tcbInfoIssued(),
                collateral.tcbInfoNextUpdate()));
    page.row(
        "QE identity",
        "evaluation number %d, from %s to %s"
            .formatted(
                collateral.qeEvaluationDataNumber(),
                collateral.qeIdentityIssued(),
                collateral.qeIdentityNextUpdate()));
    page.row("root CRL", "number " + collateral.rootCrlNumber());
    page.row("this verdict ends", collateral.earliestExpiry().toString());
  }

  private static void registers(Page page, VerifiedQuote evidence) {
    page.group("Registers (proven)");
    switch (evidence.quote().body()) {
      case TdReport report -> {
        page.row("MRTD", report.mrTd().hex());
        for (int i = 0; i < report.rtmrs().size(); i++) {
          page.row("RTMR" + i, report.rtmrs().get(i).hex());
        }
        page.row("report data", report.reportData().hex());
      }
      case EnclaveReport report -> {
        page.row("MRENCLAVE", report.mrEnclave().hex());
        page.row("MRSIGNER", report.mrSigner().hex());
        page.row("report data", report.reportData().hex());
      }
    }
  }
}
