package network.calimero.tee.cli;

import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.Signer;
import tools.jackson.databind.node.ObjectNode;

/** Who signed a policy, for people and for programs. */
record SignatureReport(
    String file, Bytes policy, SignatureVerdict verdict, TrustedRootChoice root) {

  String text() {
    Page page = new Page();
    switch (verdict) {
      case SignatureVerdict.Signed yes -> signed(page, yes.signer());
      case SignatureVerdict.Refused no -> refused(page, no.why());
    }
    page.row("SHA-256 of the file", Sha256.of(policy).hex());
    page.row("trusted root", root.describe());
    page.row("  its SHA-256", root.sha256());
    if (verdict instanceof SignatureVerdict.Signed && document().isEmpty()) {
      page.line("Note: the file that was signed is not a policy that a KMS reads");
    }
    return page.toString();
  }

  /** The first line stands for itself, for it is the one that is copied. */
  private void signed(Page page, Signer signer) {
    String under = root.isSigstores() ? "" : " under a trusted root that is NOT Sigstore's";
    page.line("SIGNED by " + signer.identity() + under);
    page.row("signed at", Page.time(signer.integratedTime()));
    page.row("log index", String.valueOf(signer.logIndex()));
    page.row("workflow", "%s, started by %s".formatted(signer.workflowName(), signer.trigger()));
    page.row(
        "repository",
        signer.repository()
            + signer.repositoryId().map(id -> ", number " + id).orElse(", number not certified"));
    page.row("ref, commit", signer.ref() + ", " + signer.commit());
    page.row("form", signer.form().text());
    document()
        .ifPresent(policy ->
            page.row(
                "policy of", policy.tag() + policy.profile().map(text -> ", " + text).orElse("")));
  }

  private static void refused(Page page, SignatureRefusedException why) {
    page.line("REFUSED: " + Failure.of(why).sentence());
    why.signedBy().ifPresent(who -> page.line("  Signed by: " + PlainText.of(who)));
    page.line("  What to do: " + why.advice());
  }

  /** Read only after its signature held. */
  private Optional<PolicyDocument> document() {
    try {
      return verdict instanceof SignatureVerdict.Signed
          ? Optional.of(PolicyDocument.parse(policy))
          : Optional.empty();
    } catch (PolicyDocumentException e) {
      return Optional.empty();
    }
  }

  String json() {
    ObjectNode node = Json.object();
    node.put("verified", verdict instanceof SignatureVerdict.Signed);
    switch (verdict) {
      case SignatureVerdict.Signed yes -> {
        node.set("signer", signer(yes.signer()));
        node.put("signedBy", yes.signer().identity());
        node.putNull("failure");
      }
      case SignatureVerdict.Refused no -> {
        node.putNull("signer");
        node.put("signedBy", no.why().signedBy().orElse(null));
        node.set("failure", Failure.of(no.why()).json());
      }
    }
    ObjectNode about = node.putObject("file").put("name", file);
    about.put("sha256", Sha256.of(policy).hex());
    Optional<PolicyDocument> document = document();
    if (document.isPresent()) {
      ObjectNode policy = node.putObject("policy").put("tag", document.get().tag().toString());
      policy.put("profile", document.get().profile().orElse(null));
    } else {
      node.putNull("policy");
    }
    node.set("trustedRoot", root.describeJson());
    return Json.print(node) + "\n";
  }

  private static ObjectNode signer(Signer signer) {
    ObjectNode node = Json.object();
    node.put("identity", signer.identity());
    node.put("issuer", signer.issuer());
    node.put("workflow", signer.workflowName());
    node.put("trigger", signer.trigger());
    node.put("repository", signer.repository());
    node.put("repositoryId", signer.repositoryId().orElse(null));
    node.put("ref", signer.ref());
    node.put("commit", signer.commit());
    node.put("signedAt", signer.integratedTime().toString());
    node.put("logIndex", signer.logIndex());
    node.put("form", signer.form().name().toLowerCase(Locale.ROOT));
    return node;
  }
}
