package network.calimero.tee.sigstore;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;

/**
 * Step 1: a log that is trusted promised to have taken the entry in, at that time
 * (policy-and-releases.md, "Signatures": the SET is required and is enough).
 */
record LogPromise(LogEntry entry) {

  /** Verifies the promise of an entry. */
  static LogPromise verify(LogEntry entry, TrustedRoot root) throws SignatureRefusedException {
    TrustedRoot.Spans known = root.transparencyLog(entry.logId());
    if (known.areNone()) {
      throw new SignatureRefusedException(
          Code.LOG_UNKNOWN,
          "the signature is in a transparency log that the trust root does not have",
          "log ID " + entry.logId().hex(),
          "");
    }
    TrustedRoot.Log log =
        known
            .at(entry.integratedTime())
            .orElseThrow(() ->
                new SignatureRefusedException(
                    Code.LOG_KEY_NOT_VALID_THEN,
                    "the transparency log was not to be trusted when it took the signature in",
                    entry.integratedTime().toString(),
                    known.toString()));
    Bytes promised = Bytes.of(entry.promised().getBytes(StandardCharsets.US_ASCII));
    if (!log.signs(promised, entry.promise())) {
      throw new SignatureRefusedException(
          Code.LOG_PROMISE_WRONG,
          "the transparency log did not promise this entry: its signed entry timestamp is wrong",
          "",
          "");
    }
    return new LogPromise(entry);
  }

  /** When the log took the entry in: the time of everything that is verified. */
  Instant time() {
    return entry.integratedTime();
  }
}
