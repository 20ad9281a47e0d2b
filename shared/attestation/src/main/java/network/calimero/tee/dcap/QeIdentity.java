package network.calimero.tee.dcap;

import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.quote.TeeType;
import tools.jackson.databind.JsonNode;

/** The identity of Intel's quoting enclave (dcap.md, steps 3 and 5); masks as Intel gives them. */
record QeIdentity(
    String id,
    Validity validity,
    int evaluationDataNumber,
    Bytes miscSelect,
    Bytes miscSelectMask,
    Bytes attributes,
    Bytes attributesMask,
    Bytes mrSigner,
    int isvProdId,
    List<TcbInfo.IsvLevel> levels) {

  private static final Set<TcbStatus> OF_AN_ENCLAVE =
      Set.of(
          TcbStatus.UP_TO_DATE,
          TcbStatus.OUT_OF_DATE,
          TcbStatus.REVOKED,
          TcbStatus.CONFIGURATION_NEEDED,
          TcbStatus.OUT_OF_DATE_CONFIGURATION_NEEDED);

  /** Called only on bytes whose signature has been checked. */
  static QeIdentity parse(Bytes text) throws MalformedException {
    JsonNode root = JsonDocument.parse(text);
    int version = JsonDocument.number(root, "version", Integer.MAX_VALUE);
    if (version != 2) {
      throw new MalformedException("QE identity of version " + version);
    }
    List<TcbInfo.IsvLevel> levels = TcbInfoParser.isvLevels(root);
    for (TcbInfo.IsvLevel level : levels) {
      if (!OF_AN_ENCLAVE.contains(level.status())) {
        throw new MalformedException("TCB status " + level.status() + " in a QE identity");
      }
    }
    return new QeIdentity(
        JsonDocument.text(root, "id"),
        new Validity(JsonDocument.time(root, "issueDate"), JsonDocument.time(root, "nextUpdate")),
        JsonDocument.number(root, "tcbEvaluationDataNumber", Integer.MAX_VALUE),
        JsonDocument.hex(root, "miscselect", 4),
        JsonDocument.hex(root, "miscselectMask", 4),
        JsonDocument.hex(root, "attributes", 16),
        JsonDocument.hex(root, "attributesMask", 16),
        JsonDocument.hex(root, "mrsigner", 32),
        JsonDocument.number(root, "isvprodid", 65_535),
        levels);
  }

  boolean isFor(TeeType tee) {
    return switch (tee) {
      case TDX -> id.equals("TD_QE");
      case SGX -> id.equals("QE");
    };
  }
}
