package network.calimero.tee.kms.server;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.kms.config.KmsConfig;

/** What can be configured and this version of the server does not do: said, never passed over. */
final class NotServedYet {
  private NotServedYet() {}

  /** What the operator should know. */
  static List<String> warnings(KmsConfig config) {
    List<String> warnings = new ArrayList<>();
    if (config.floors().tcbEvaluationDataNumber() > 0
        || config.floors().qeEvaluationDataNumber() > 0) {
      warnings.add(
          "MIN_TCB_EVALUATION_DATA_NUMBER and MIN_QE_EVALUATION_DATA_NUMBER are not enforced by this"
              + " version of the KMS yet");
    }
    return warnings;
  }
}
