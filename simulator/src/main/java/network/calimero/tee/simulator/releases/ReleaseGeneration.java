package network.calimero.tee.simulator.releases;

import java.util.List;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;

/** The forms that releases have had (policy-and-releases.md, its beginning). */
public enum ReleaseGeneration {
  /** On Phala; a policy need not name compose hashes. */
  A,
  /** The same names; each policy names the compose hash of its profile. */
  B,
  /** A cluster of TDX VMs: no Phala, no containers, no compose hashes. */
  C;

  /** Whether key servers run on Phala, and their files are named for it. */
  boolean phala() {
    return this != C;
  }

  /** The name of a file of the key server's family. */
  String asset(String name) {
    return (phala() ? "kms-phala-" : "kms-") + name;
  }

  /** The files of the programs. */
  List<String> archives() {
    String end = "-unknown-linux-gnu.tar.gz";
    return phala()
        ? List.of("mero-kms-phala_x86_64" + end, "mero-kms-phala_aarch64" + end)
        : List.of("mero-kms_x86_64" + end);
  }

  /** What key servers call themselves. */
  String provider() {
    return phala() ? "mero-kms-phala" : "mero-kms";
  }

  /** Where a node's configuration has what it believes of its key server. */
  String configPath() {
    return phala() ? "tee.kms.phala.attestation" : "tee.kms.attestation";
  }

  /** The workflow that makes a family of files. */
  WorkflowIdentity workflow(ReleaseFamily family) {
    return family == ReleaseFamily.NODE ? WorkflowIdentity.node() : WorkflowIdentity.kms(this == C);
  }
}
