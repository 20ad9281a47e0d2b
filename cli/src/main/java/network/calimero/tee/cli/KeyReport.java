package network.calimero.tee.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.identity.PeerId;
import network.calimero.tee.node.Check;
import network.calimero.tee.node.ReleasedKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of asking for a key.
 *
 * @param steps of the node, each with how it ended
 * @param kms the check of the KMS; null if it was skipped
 * @param failure why there is no key; null if there is one
 * @param outcome the key; null if there is none
 */
record KeyReport(
    URI url,
    PeerId peer,
    List<Check> steps,
    @Nullable KmsReport kms,
    @Nullable Failure failure,
    @Nullable Outcome outcome) {
  private static final String UNCHECKED =
      "the KMS was NOT CHECKED (--skip-kms-check): whoever answered chose this key";
  private static final String PLAIN =
      "plain release: whoever ends the TLS connection of the KMS sees this key";

  /**
   * A key, where it went and whether it is shown.
   *
   * @param sealed whether it came sealed to this node
   * @param machine where the quote of this machine came from
   */
  record Outcome(
      ReleasedKey key, boolean sealed, String machine, @Nullable Path file, boolean shown) {
    /** A text that cannot be wiped, for the user asked to see it. */
    String text() {
      return new String(key.hexText(), US_ASCII);
    }
  }

  /** What a key does not say; without a key there is nothing to be warned of. */
  private List<String> warnings() {
    if (outcome == null) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    if (kms == null) {
      warnings.add(UNCHECKED);
    } else {
      warnings.addAll(kms.warnings());
    }
    if (!outcome.sealed()) {
      warnings.add(PLAIN);
    }
    return warnings;
  }

  private Optional<Check> stop() {
    return steps.stream().filter(Check::stops).findFirst();
  }

  String text() {
    Page page = new Page();
    if (kms != null && kms.exit() != Exits.OK) {
      page.line("NO KEY: the KMS did not pass the check, so it was not asked");
      page.line("");
      kms.write(page, steps);
      return page.toString();
    }
    if (outcome == null) {
      page.line("NO KEY");
    } else {
      page.line("KEY RELEASED");
    }
    if (failure != null) {
      CheckTable.writeStop(page, stop());
      page.line("  " + failure.message());
      page.line("  What to do: " + failure.advice());
    }
    page.line("");
    page.row("KMS", url + (kms == null ? " (NOT CHECKED)" : " (checked)"));
    page.row("peer ID", peer.text());
    if (outcome != null) {
      rows(page, outcome);
    }
    CheckTable.write(page, steps);
    page.notes(warnings());
    return page.toString();
  }

  private static void rows(Page page, Outcome outcome) {
    page.row("own quote from", outcome.machine());
    page.row("release", outcome.sealed() ? "sealed to this node" : "PLAIN");
    page.row("key length", outcome.key().length() + " bytes");
    page.row("SHA-256 of the key", outcome.key().fingerprint());
    if (outcome.file() != null) {
      page.row("written to", outcome.file().toString());
    }
    if (outcome.shown()) {
      page.row("key", outcome.text());
    }
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("released", outcome != null);
    Json.put(node, "failure", failure);
    node.put("kms", url.toString());
    node.put("peerId", peer.text());
    if (outcome != null) {
      node.put("quoteSource", outcome.machine());
      node.put("sealed", outcome.sealed());
      node.put("keyLength", outcome.key().length());
      node.put("keySha256", outcome.key().fingerprint());
      node.put("keyFile", outcome.file() == null ? null : outcome.file().toString());
      if (outcome.shown()) {
        node.put("key", outcome.text());
      }
    }
    CheckTable.put(node, steps, stop());
    node.put("kmsChecked", kms != null);
    node.set("kmsCheck", kms == null ? null : kms.json());
    node.set("warnings", Json.texts(warnings()));
    return node;
  }
}
