package network.calimero.tee.dcap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.Shortfall.Part;
import network.calimero.tee.quote.EnclaveReport;
import network.calimero.tee.quote.ReportBody;
import network.calimero.tee.quote.TdReport;
import network.calimero.tee.quote.TdReport15;

/**
 * Steps 7 to 9 of dcap.md: platform level, TDX module, and how they converge as in Intel's library.
 */
final class TcbEvaluator {
  private final TcbInfo info;
  private final PckExtension platform;
  private final QeTcb qe;

  /** One pass over levels and module with one TEE TCB SVN. */
  private record Pass(
      TcbStatus status,
      TcbInfo.Level level,
      Optional<TcbInfo.IsvLevel> module,
      List<Shortfall> shortfalls) {}

  private TcbEvaluator(TcbInfo info, PckExtension platform, QeTcb qe) {
    this.info = info;
    this.platform = platform;
    this.qe = qe;
  }

  static TcbEvaluation evaluate(
      ReportBody body, PckExtension platform, TcbInfo info, QeTcb quotingEnclave)
      throws VerificationException {
    requireSamePlatform(platform, info);
    return new TcbEvaluator(info, platform, quotingEnclave).evaluate(body);
  }

  private static void requireSamePlatform(PckExtension platform, TcbInfo info)
      throws VerificationException {
    if (!platform.fmspc().equals(info.fmspc())) {
      throw new VerificationException(
          FailureCode.FMSPC_MISMATCH,
          "the TCB info is of another platform type (FMSPC)",
          info.fmspc().hex(),
          platform.fmspc().hex() + " as in the PCK certificate");
    }
    if (!platform.pceId().equals(info.pceId())) {
      throw new VerificationException(
          FailureCode.PCEID_MISMATCH,
          "the TCB info is of another provisioning enclave (PCEID)",
          info.pceId().hex(),
          platform.pceId().hex() + " as in the PCK certificate");
    }
  }

  private TcbEvaluation evaluate(ReportBody body) throws VerificationException {
    return switch (body) {
      case EnclaveReport enclave -> result(pass(Optional.empty()), Optional.empty());
      case TdReport td -> {
        Pass launch = pass(Optional.of(td.teeTcbSvn()));
        requireModule(td);
        TdReport15 running = td.extension15();
        Optional<Pass> current =
            running == null
                ? Optional.empty()
                : Optional.of(pass(Optional.of(running.teeTcbSvn2())));
        yield result(launch, current);
      }
    };
  }

  private Pass pass(Optional<Bytes> teeTcbSvn) throws VerificationException {
    TcbLevels.Svns svns = new TcbLevels.Svns(platform.components(), platform.pceSvn(), teeTcbSvn);
    TcbInfo.Level level = TcbLevels.platformLevel(info, svns);
    List<Shortfall> shortfalls = new ArrayList<>();
    if (level.status() != TcbStatus.UP_TO_DATE) {
      shortfalls.addAll(TcbLevels.toBestLevel(info, svns));
    }
    Optional<TcbInfo.IsvLevel> module = Optional.empty();
    if (svns.moduleVersion() > 0) {
      TcbInfo.ModuleIdentity identity = moduleIdentity(svns.moduleVersion());
      module = Optional.of(moduleLevel(identity, svns.moduleIsvSvn()));
      shortfalls.addAll(
          TcbLevels.toBestLevel(
              identity.levels(),
              svns.moduleIsvSvn(),
              Part.TDX_MODULE,
              "TDX module " + identity.id() + " ISV SVN"));
    }
    shortfalls.addAll(qe.shortfalls());
    return new Pass(converge(level, module), level, module, List.copyOf(shortfalls));
  }

  private TcbStatus converge(TcbInfo.Level level, Optional<TcbInfo.IsvLevel> module) {
    Collection<TcbStatus> components = new LinkedHashSet<>();
    components.add(qe.level().status());
    module.ifPresent(found -> components.add(found.status()));
    return Convergence.of(level.status(), components);
  }

  private TcbInfo.ModuleIdentity moduleIdentity(int version) throws VerificationException {
    String id = "TDX_%02X".formatted(version);
    return info.moduleIdentities().stream()
        .filter(identity -> identity.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new VerificationException(
                FailureCode.TDX_MODULE_UNKNOWN,
                "TCB info has no identity of this TDX module",
                id,
                "one of " + info.moduleIdentities().stream().map(i -> i.id()).toList()));
  }

  private static TcbInfo.IsvLevel moduleLevel(TcbInfo.ModuleIdentity identity, int isvSvn)
      throws VerificationException {
    TcbInfo.IsvLevel level =
        TcbLevels.isvLevel(identity.levels(), isvSvn)
            .orElseThrow(() ->
                new VerificationException(
                    FailureCode.TDX_MODULE_NO_TCB_LEVEL,
                    "the TDX module is below every TCB level",
                    identity.id() + " ISV SVN " + isvSvn,
                    "at least " + identity.levels().getLast().isvSvn()));
    return switch (level.status()) {
      case UP_TO_DATE, OUT_OF_DATE, REVOKED -> level;
      default ->
          throw new VerificationException(
              FailureCode.TDX_MODULE_NO_TCB_LEVEL,
              "TCB info gives the TDX module a status that a module cannot have",
              level.status().text(),
              "UpToDate, OutOfDate or Revoked");
    };
  }

  /** Step 8: the module that was there at launch is the one that Intel describes. */
  private void requireModule(TdReport td) throws VerificationException {
    int version = td.teeTcbSvn().byteAt(1);
    TcbInfo.Module module =
        version > 0 ? moduleIdentity(version).module() : info.tdxModule().orElseThrow();
    if (!td.mrSignerSeam().value().equals(module.mrSigner())) {
      throw new VerificationException(
          FailureCode.TDX_MODULE_SIGNER_MISMATCH,
          "the TDX module has another signer (MRSIGNERSEAM)",
          td.mrSignerSeam().hex(),
          module.mrSigner().hex());
    }
    if (!td.seamAttributes().isZero() || !td.seamAttributes().equals(module.attributes())) {
      throw new VerificationException(
          FailureCode.TDX_MODULE_ATTRIBUTES_MISMATCH,
          "the TDX module has other attributes (SEAMATTRIBUTES)",
          td.seamAttributes().hex(),
          "zero and equal to " + module.attributes().hex());
    }
  }

  private TcbEvaluation result(Pass launch, Optional<Pass> current) throws VerificationException {
    Optional<TcbStatus> now = current.map(Pass::status);
    TcbStatus status =
        now.map(running -> Convergence.relaunch(launch.status(), running)).orElse(launch.status());
    if (status == TcbStatus.REVOKED) {
      throw revoked(launch, current);
    }
    return new TcbEvaluation(
        status,
        earliestDate(launch),
        advisories(launch),
        launch.level().status(),
        qe.level().status(),
        launch.module().map(TcbInfo.IsvLevel::status),
        now,
        Convergence.explain(status, launch.shortfalls()));
  }

  /** Says which part is revoked, at launch or now, and what each part needs. */
  private VerificationException revoked(Pass launch, Optional<Pass> current) {
    Pass worst = launch.status() == TcbStatus.REVOKED ? launch : current.orElse(launch);
    String found =
        current
            .map(now ->
                "at launch: %s; with the module that runs now: %s"
                    .formatted(statuses(launch), statuses(now)))
            .orElse(statuses(launch));
    String needed =
        worst.shortfalls().stream()
            .map(shortfall -> shortfall.text() + " (" + shortfall.part().remedy() + ")")
            .collect(Collectors.joining("; "));
    return new VerificationException(
        FailureCode.TCB_REVOKED,
        "Intel has revoked this TCB",
        found,
        "no part of it Revoked" + (needed.isEmpty() ? "" : ": " + needed));
  }

  private String statuses(Pass pass) {
    return "platform %s, quoting enclave %s, TDX module %s"
        .formatted(
            pass.level().status(),
            qe.level().status(),
            pass.module().map(level -> level.status().text()).orElse("without a level"));
  }

  private Instant earliestDate(Pass pass) {
    Instant earliest =
        pass.level().date().isBefore(qe.level().date()) ? pass.level().date() : qe.level().date();
    if (pass.module().isPresent() && pass.module().get().date().isBefore(earliest)) {
      earliest = pass.module().get().date();
    }
    return earliest;
  }

  private List<String> advisories(Pass pass) {
    TreeSet<String> ids = new TreeSet<>(pass.level().advisoryIds());
    ids.addAll(qe.level().advisoryIds());
    pass.module().ifPresent(level -> ids.addAll(level.advisoryIds()));
    return List.copyOf(ids);
  }
}
