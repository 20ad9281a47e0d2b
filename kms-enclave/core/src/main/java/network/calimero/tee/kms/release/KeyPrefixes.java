package network.calimero.tee.kms.release;

import network.calimero.tee.policy.Role;

/**
 * First parts of key paths (kms-config.md, {@code KEY_NAMESPACE_PREFIX} and {@code
 * AGENT_KEY_NAMESPACE_PREFIX}), without {@code /} at either end. They differ, so that no agent has
 * a node's key.
 *
 * @param node of nodes' keys
 * @param agent of agents' keys
 */
public record KeyPrefixes(String node, String agent) {

  /** Refuses prefixes of no key path, and one prefix for both. */
  public KeyPrefixes {
    requirePrefix(node);
    requirePrefix(agent);
    if (node.equals(agent)) {
      throw new IllegalArgumentException("nodes and agents have keys under different prefixes");
    }
  }

  private static void requirePrefix(String prefix) {
    if (prefix.isEmpty() || prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "a prefix of key paths is not empty and has no slash at either end");
    }
  }

  /** The prefix of those who passed a policy for that role. */
  String of(Role role) {
    return switch (role) {
      case NODE -> node;
      case AGENT -> agent;
      case KMS -> throw new IllegalArgumentException("a KMS is given no storage key");
    };
  }
}
