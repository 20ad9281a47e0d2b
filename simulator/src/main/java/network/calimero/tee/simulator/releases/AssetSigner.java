package network.calimero.tee.simulator.releases;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.Signing;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;

/**
 * Signs files as the workflow of their family does, and names the signature's files.
 *
 * @param todaysBundles whether {@code .bundle.json} has today's form instead of cosign's older one
 * @param certificatesInBase64 whether {@code .pem} is base64 of the PEM
 */
record AssetSigner(
    SimulatedSigstore sigstore,
    ReleaseGeneration generation,
    String commit,
    Instant madeAt,
    boolean todaysBundles,
    boolean certificatesInBase64) {

  /** Signs with changes to who signs and how. */
  SignedArtifact sign(
      ReleaseFamily family,
      byte[] content,
      UnaryOperator<WorkflowIdentity> who,
      Consumer<Signing> how) {
    WorkflowIdentity workflow = generation.workflow(family).withCommit(commit);
    return sigstore.sign(content, who.apply(workflow), madeAt, how);
  }

  /** Signs all files of a family. */
  Map<String, SignedArtifact> signAll(ReleaseFamily family, Map<String, byte[]> files) {
    Map<String, SignedArtifact> signed = new LinkedHashMap<>();
    files.forEach((name, content) ->
        signed.put(name, sign(family, content, UnaryOperator.identity(), how -> {})));
    return signed;
  }

  /** Files and those of their signatures. */
  Map<String, byte[]> published(Map<String, byte[]> files, Map<String, SignedArtifact> signed) {
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    signed.forEach((name, signature) -> all.putAll(files(name, signature)));
    return all;
  }

  /** The three files beside an asset. */
  Map<String, byte[]> files(String asset, SignedArtifact signed) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(asset + ".sig", signed.sig());
    files.put(asset + ".pem", certificatesInBase64 ? signed.pemInBase64() : signed.pem());
    files.put(asset + ".bundle.json", todaysBundles ? signed.bundle() : signed.cosignBundle());
    return files;
  }
}
