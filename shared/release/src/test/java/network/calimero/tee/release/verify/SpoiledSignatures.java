package network.calimero.tee.release.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.releases.ReleaseFamily;
import network.calimero.tee.simulator.releases.ReleaseGeneration;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;

/** Files that are missing, and signatures that are not the workflow's. */
final class SpoiledSignatures extends SpoiledCases {
  private final SimulatedSigstore foreign =
      SimulatedSigstore.at(Instant.parse("2026-09-26T13:00:00Z"));

  SpoiledSignatures() {
    missing();
    signatures();
    signers();
    log();
  }

  private void missing() {
    add("missing manifest", r -> r.without(MANIFEST));
    add("missing archive", r -> r.without(ARCHIVE));
    add("missing policy of a profile", r -> r.without(DEBUG));
    add(
        "all policies of profiles hidden",
        r -> r.without(DEBUG, "kms-phala-attestation-policy.debug-read-only.json", LOCKED));
    add(
        "policies of profiles and map hidden",
        r -> r.without(DEBUG, "kms-phala-attestation-policy.debug-read-only.json", LOCKED, MAP));
    add("missing release of node images", r -> r.without(ReleaseFamily.NODE));
    add("missing .sig", r -> r.without(METADATA + ".sig"));
    add("missing .pem", r -> r.without(NODE_SBOM + ".pem"));
    add(
        "missing trust bundle of generation C",
        ReleaseGeneration.C,
        r -> r.without("kms-trust-bundle.tar.gz"));
  }

  private void signatures() {
    add("file changed after signing", r -> r.change(POLICY, Change::longer));
    add("archive changed after signing", r -> r.change(ARCHIVE, Change::longer));
    add("signature of another file", r -> r.withSignatureOf(METADATA, MANIFEST));
    add("swapped .sig alone", r -> r.with(MANIFEST + ".sig", r.file(METADATA + ".sig")));
    add("swapped .pem alone", r -> r.with(MANIFEST + ".pem", r.file(METADATA + ".pem")));
    add("bundle that is none", r -> r.with(MANIFEST + ".bundle.json", "{}".getBytes(UTF_8)));
    add("bundle with a key twice", r -> r.change(MANIFEST + ".bundle.json", Change::twice));
    add("truncated bundle", r -> r.change(MANIFEST + ".bundle.json", Change::half));
    add(".sig that is none", r -> r.with(MANIFEST + ".sig", "no base64!".getBytes(UTF_8)));
    add(".pem that is none", r -> r.with(MANIFEST + ".pem", "no PEM".getBytes(UTF_8)));
    add(
        "wrong signature, logged",
        r -> r.signed(MANIFEST, signing -> signing.signature(Change::lastBitFlipped)));
  }

  private void signers() {
    signer("signed by another workflow", w -> w.withWorkflow("ci.yaml", "CI"));
    signer("signed by another file", w -> w.withWorkflow("other.yaml", "Release mero-kms"));
    signer("signed by the node workflow", w -> WorkflowIdentity.node());
    signer("signed in a fork", w -> w.withRepository("someone/mero-tee", "42"));
    signer(
        "signed in a namesake of the repository",
        w -> w.withRepository("calimero-network/mero-tee", "42"));
    signer("signed on another branch", w -> w.withRef("refs/heads/feature"));
    signer("signed by hand-started workflow", w -> w.withTrigger("workflow_dispatch"));
    signer("signed by another issuer's word", w -> w.withIssuer("https://gitlab.com"));
    add(
        "node image signed by the KMS workflow",
        r -> r.signedBy(PUBLISHED, w -> WorkflowIdentity.kms(false)));
  }

  private void signer(String name, UnaryOperator<WorkflowIdentity> who) {
    add(name, r -> r.signedBy(MANIFEST, who));
  }

  private void log() {
    add("signed under another root", r -> r.signedUnder(foreign, MANIFEST));
    add(
        "expired certificate without log time",
        r -> r.signedUnder(foreign, PUBLISHED).without(PUBLISHED + ".bundle.json"));
    add(
        "log entry for another digest",
        r -> r.signed(MANIFEST, signing -> signing.logEntry(Change::otherDigest)));
    add(
        "promise for another entry",
        r -> r.signed(MANIFEST, signing -> signing.promisedEntry(Change::otherDigest)));
    add(
        "signed after the certificate's end",
        r -> r.signed(MANIFEST, s -> s.integratedTime(Instant.parse("2026-09-27T00:00:00Z"))));
    add(
        "certificate that was never published",
        r -> r.signed(MANIFEST, signing -> signing.withoutCertificateTimestamp()));
  }
}
