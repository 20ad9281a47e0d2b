package network.calimero.tee.demo.docs;

import network.calimero.tee.node.NodeStep;

/** What a node checks before it trusts a key. */
final class NodeSteps {
  private NodeSteps() {}

  static String table() {
    return Markdown.table(
        Markdown.row("", "step", "name in JSON", "what must hold"),
        NodeStep.all().stream()
            .map(step ->
                Markdown.row(
                    String.valueOf(step.number()),
                    step.title(),
                    Markdown.code(step.text()),
                    step.meaning()))
            .toList());
  }

  static String section() {
    return """

    ## What a node checks

    `kms get-key` takes every step in order, `kms attest` those up to the last one about the KMS, and both show \
    how each ended. A step that fails ends it, and later ones are not reached; only the steps from `%s` to `%s` \
    are all judged, so that every difference is said at once. What nobody named with `--expect-…` is not judged, \
    and said so.

    """
            .formatted(NodeStep.STATUS.text(), NodeStep.FINGERPRINT.text())
        + table();
  }
}
