package network.calimero.tee.functions.admission;

import java.util.List;
import network.calimero.tee.functions.api.Endpoint;

/** Who gets in (fleet.md, "Admission function"), for proven callers only. For several threads. */
public final class AdmissionFunction {
  private final AdmissionParts parts;

  /** Decides with these. */
  public AdmissionFunction(AdmissionParts parts) {
    this.parts = parts;
  }

  /** Whether any root that it believes is not the real one; every answer must then say so. */
  public boolean isSimulated() {
    return parts.isSimulated();
  }

  /** What it serves. */
  public List<Endpoint> endpoints() {
    return List.of(
        parts
            .admission()
            .map(admission -> AdmissionEndpoint.of(admission, parts))
            .orElseGet(
                () -> AdmissionEndpoint.notConfigured("ADMISSION_RELEASES lists no release")));
  }
}
