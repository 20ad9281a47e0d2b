package network.calimero.tee.guest;

import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.fuzz.Genuine;
import network.calimero.tee.fuzz.Target;
import network.calimero.tee.secret.SecretBytes;

/** What the host's side of a guest says: the dstack agent, and the log that others write too. */
public final class GuestTargets {
  private static final AppEvent EVENT = new AppEvent("app.profile", "app.profile=debug");

  private GuestTargets() {}

  /** The targets. */
  public static List<Target> all() {
    return List.of(
        new Target(
            "runtime_events",
            Target.PARSING,
            GuestTargets::logs,
            GuestTargets::readLog,
            Set.of(MalformedAnswer.class)),
        new Target(
            "dstack_answer",
            Target.PARSING,
            GuestTargets::answers,
            GuestTargets::readAnswer,
            Set.of()));
  }

  private static List<Bytes> logs() {
    String ready = "{\"event\":\"system-ready\",\"payload\":\"\"}\n";
    String profile =
        "{\"event\":\"app.profile\",\"payload\":\"YXBwLnByb2ZpbGU9ZGVidWc=\",\"version\":2}\n";
    return List.of(
        Genuine.utf8(ready + profile),
        Genuine.utf8(ready + "{\"event\":\"app.pro"),
        Genuine.utf8("\n" + ready.replace("\n", "\r\n")));
  }

  private static void readLog(Bytes bytes) throws MalformedAnswer {
    RuntimeEventLog log = RuntimeEventLog.parse(bytes.toArray());
    RuntimeEventLog next = log.with(EVENT);
    if (next.payloads(EVENT.name()).size() != log.payloads(EVENT.name()).size() + 1) {
      throw new AssertionError("an event that is not there once more");
    }
    if (!log.isTorn() && log.rest(EVENT).isEmpty()) {
      throw new AssertionError("no room for a line in a log that is whole");
    }
    next.rtmr3();
  }

  private static List<Bytes> answers() {
    return List.of(
        Genuine.utf8(
            "{\"quote\":\"0400\",\"event_log\":\"[{\\\"imr\\\":3}]\",\"report_data\":\"%s\","
                    .formatted("00".repeat(64))
                + "\"vm_config\":\"{}\"}"),
        Genuine.utf8("{\"quote\":\"04\",\"event_log\":\"\"}"),
        Genuine.utf8("{\"key\":\"%s\",\"signature_chain\":[]}".formatted("0a".repeat(32))),
        Genuine.utf8(
            "{\"app_id\":\"00ff\",\"instance_id\":\"01\",\"compose_hash\":\"ab\",\"tcb_info\":\"{}\"}"),
        Genuine.utf8("{\"error\":\"no\\nway\"}"));
  }

  /** Any answer in the place of any other. */
  private static void readAnswer(Bytes bytes) {
    byte[] body = bytes.toArray();
    Target.requirePlain(DstackAnswers.errorText(body));
    orRefusal(() -> DstackAnswers.info(body));
    orRefusal(() -> DstackAnswers.quote(body, new byte[64]));
    orRefusal(() -> {
      try (SecretBytes key = DstackAnswers.key(body)) {
        if (key.length() < 32 || key.length() > 2_048) {
          throw new AssertionError("a key that no node takes");
        }
      }
    });
  }

  private interface Reading {
    void read() throws MalformedAnswer;
  }

  private static void orRefusal(Reading reading) {
    try {
      reading.read();
    } catch (MalformedAnswer e) {
      Target.requirePlain(String.valueOf(e.getMessage()));
    }
  }
}
