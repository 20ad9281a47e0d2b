package network.calimero.tee.kms.release;

import network.calimero.tee.seal.Sealed;
import network.calimero.tee.secret.SecretBytes;

/** A released key, as it leaves (kms-protocol.md, POST /get-key). */
public sealed interface KeyAnswer {

  /**
   * As it is, for nodes that cannot unseal.
   *
   * @param key for whoever sends it to close
   */
  record Plain(SecretBytes key) implements KeyAnswer {}

  /** Such that only the node that asked can open it. */
  record ForNode(Sealed sealed) implements KeyAnswer {}
}
