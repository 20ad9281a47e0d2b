package network.calimero.tee.fuzz;

import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.eventlog.CcelLog;
import network.calimero.tee.eventlog.DstackLog;
import network.calimero.tee.eventlog.EventLog;
import network.calimero.tee.eventlog.EventLogFormatException;
import network.calimero.tee.eventlog.EventLogInput;
import network.calimero.tee.eventlog.Replay;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleasePolicy;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.simulator.releases.SimulatedPolicy;

/** What machines say of how they booted, and what releases say of how they should have. */
final class LogTargets {
  private LogTargets() {}

  static List<Target> all() {
    Set<Class<? extends Exception>> refusals = Set.of(EventLogFormatException.class);
    return List.of(
        new Target(
            "dstack_log",
            Target.PARSING,
            LogTargets::dstackLogs,
            bytes -> replay(DstackLog.parse(bytes)),
            refusals),
        new Target(
            "ccel",
            Target.PARSING,
            () -> List.of(ccel()),
            bytes -> replay(CcelLog.parse(bytes)),
            refusals),
        new Target(
            "log_file",
            Target.PARSING,
            LogTargets::logFiles,
            bytes -> replay(EventLogInput.find(bytes.toArray()).log()),
            refusals),
        new Target(
            "policy",
            Target.PARSING,
            LogTargets::policies,
            LogTargets::policy,
            Set.of(PolicyDocumentException.class)));
  }

  private static void replay(EventLog log) {
    if (Replay.of(log).steps().size() > log.events().size()) {
      throw new AssertionError("more steps than events");
    }
  }

  private static List<Bytes> dstackLogs() {
    String given =
        "{\"imr\":0,\"event_type\":1,\"digest\":\"%s\",\"event\":\"\",".formatted("ab".repeat(48));
    return List.of(
        Genuine.utf8(
            "[%s\"event_payload\":\"\"},{\"imr\":3,\"event_type\":134217729,\"digest\":\"\","
                    .formatted(given)
                + "\"event\":\"compose-hash\",\"event_payload\":\"%s\"}]"
                    .formatted("cd".repeat(32))),
        Genuine.utf8(
            "[{\"imr\":3,\"event_type\":134217729,\"digest\":\"\",\"event\":\"app-id\","
                + "\"event_payload\":\"0011\",\"version\":2}]"));
  }

  /** A table with the header's event, then one in each register, all of SHA-384 only. */
  private static Bytes ccel() {
    StringBuilder hex =
        new StringBuilder("01000000" + "03000000" + "00".repeat(20) + "21000000")
            .append("53706563204944204576656e74303300") // "Spec ID Event03" and a zero
            .append("0000000000020002" + "01000000" + "0c003000" + "00");
    for (int register = 0; register <= 4; register++) {
      hex.append("0%d000000".formatted(register))
          .append("01000000" + "01000000" + "0c00")
          .append("0%d".formatted(register).repeat(48))
          .append("04000000" + "64617461");
    }
    return Bytes.fromHex(hex.append("ff".repeat(16)).toString());
  }

  private static List<Bytes> logFiles() {
    Bytes dstack = dstackLogs().getLast();
    String base64 = StrictBase64.encode(ccel().toArray());
    return List.of(
        dstack,
        ccel(),
        Genuine.utf8(base64),
        Genuine.utf8("{\"quote\":\"00\",\"eventLog\":%s}".formatted(Genuine.text(dstack))),
        Genuine.utf8("{\"event_log\":\"[]\",\"eventLogB64\":\"%s\"}".formatted(base64)));
  }

  private static List<Bytes> policies() {
    return List.of(
        Bytes.of(
            SimulatedPolicy.of("2.3.71", "locked-read-only")
                .acceptNode(Genuine.PLATFORM.launch(Genuine.IMAGE))
                .json()));
  }

  private static void policy(Bytes bytes) throws PolicyDocumentException {
    ReleasePolicy policy =
        PolicyDocument.parse(bytes)
            .forRelease(
                new ReleaseVersion(2, 3, 71),
                Profile.LOCKED_READ_ONLY,
                new PolicyAsset("policy.json", true));
    if (policy.forNodes().profile() != Profile.LOCKED_READ_ONLY) {
      throw new AssertionError("a policy of another profile");
    }
  }
}
