package network.calimero.tee.cli;

import java.util.Locale;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.node.PlainText;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.Signer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who signed a policy, for people and for programs. */
record SignatureReport(
    String file, Bytes content, SignatureVerdict verdict, TrustedRootChoice root) {

  String text() {
    Page page = new Page();
    switch (verdict) {
      case SignatureVerdict.Signed yes -> {
        page.line("SIGNED by " + yes.signer().identity() + under());
        facts(page, yes.signer());
        page.row("policy of", policy(yes.policy()));
      }
      case SignatureVerdict.NoPolicy other -> {
        page.line("REFUSED: " + noPolicy(other).sentence());
        page.line("  Signed by: " + other.signer().identity() + under());
        page.line("  What to do: " + OwnCode.POLICY_MALFORMED.advice());
        facts(page, other.signer());
      }
      case SignatureVerdict.Refused no -> refused(page, no.why());
    }
    page.row("SHA-256 of the file", Sha256.of(content).hex());
    page.row("trusted root", root.describe());
    page.row("  its SHA-256", root.sha256());
    return page.toString();
  }

  /** The first line stands for itself, for it is the one that is copied. */
  private String under() {
    return root.isSigstores() ? "" : " under a trusted root that is NOT Sigstore's";
  }

  private static String policy(PolicyDocument policy) {
    return policy.tag() + policy.profile().map(text -> ", " + text).orElse("");
  }

  private static Failure noPolicy(SignatureVerdict.NoPolicy verdict) {
    return Failure.of(
        OwnCode.POLICY_MALFORMED,
        "what is signed is not a policy that a KMS reads: " + verdict.why().reason());
  }

  private static void facts(Page page, Signer signer) {
    page.row("signed at", Page.time(signer.integratedTime()));
    page.row("log index", String.valueOf(signer.logIndex()));
    page.row("workflow", "%s, started by %s".formatted(signer.workflowName(), signer.trigger()));
    page.row(
        "repository",
        signer.repository()
            + signer.repositoryId().map(id -> ", number " + id).orElse(", number not certified"));
    page.row("ref, commit", signer.ref() + ", " + signer.commit());
    page.row("form", signer.form().text());
  }

  private static void refused(Page page, SignatureRefusedException why) {
    page.line("REFUSED: " + Failure.of(why).sentence());
    why.signedBy().ifPresent(who -> page.line("  Signed by: " + PlainText.of(who)));
    page.line("  What to do: " + why.advice());
  }

  String json() {
    ObjectNode node = Json.object();
    node.put("verified", verdict instanceof SignatureVerdict.Signed);
    switch (verdict) {
      case SignatureVerdict.Signed yes -> signed(node, yes.signer(), null);
      case SignatureVerdict.NoPolicy other -> signed(node, other.signer(), noPolicy(other));
      case SignatureVerdict.Refused no -> {
        node.putNull("signer");
        node.put("signedBy", no.why().signedBy().orElse(null));
        node.set("failure", Failure.of(no.why()).json());
      }
    }
    ObjectNode about = node.putObject("file").put("name", file);
    about.put("sha256", Sha256.of(content).hex());
    if (verdict instanceof SignatureVerdict.Signed(Signer _, PolicyDocument policy)) {
      ObjectNode of = node.putObject("policy").put("tag", policy.tag().toString());
      of.put("profile", policy.profile().orElse(null));
    } else {
      node.putNull("policy");
    }
    node.set("trustedRoot", root.describeJson());
    return Json.print(node) + "\n";
  }

  private static void signed(ObjectNode node, Signer signer, @Nullable Failure failure) {
    node.set("signer", signer(signer));
    node.put("signedBy", signer.identity());
    Json.put(node, "failure", failure);
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
