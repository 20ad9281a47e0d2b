package network.calimero.tee.release.config;

import network.calimero.tee.release.asset.Generation;
import network.calimero.tee.release.policy.DefaultBinding;

/** Where merod looks for its KMS, by the generation of the release. */
enum Layout {
  /** Generation A: a KMS on dstack, judged by registers. */
  PHALA("tee.kms.phala", false),
  /** Generation B: judged by its compose hash too. */
  PHALA_WITH_COMPOSE_HASH("tee.kms.phala", true),
  /** Generation C: a cluster of TDX VMs. */
  CLUSTER("tee.kms", false);

  private final String section;
  private final boolean composeHashes;

  Layout(String section, boolean composeHashes) {
    this.section = section;
    this.composeHashes = composeHashes;
  }

  static Layout of(Generation generation) {
    return switch (generation) {
      case A -> PHALA;
      case B -> PHALA_WITH_COMPOSE_HASH;
      case C -> CLUSTER;
    };
  }

  String section() {
    return section;
  }

  /** Whether merods of that generation know compose hashes. */
  boolean composeHashes() {
    return composeHashes;
  }

  /** The only binding that a KMS of that generation answers with unasked. */
  DefaultBinding binding() {
    return this == CLUSTER ? DefaultBinding.CLUSTER : DefaultBinding.PHALA;
  }
}
