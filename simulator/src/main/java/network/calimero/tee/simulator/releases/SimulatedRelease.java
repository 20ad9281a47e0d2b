package network.calimero.tee.simulator.releases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.Signing;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.sigstore.WorkflowIdentity;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two releases of a version as they are published: every file of both families, each with its
 * signature (policy-and-releases.md). Complete and consistent as built, with as many faults as
 * wanted through the methods that give a changed copy. Immutable.
 */
public final class SimulatedRelease {
  private static final List<String> SIGNATURE_ENDS = List.of(".sig", ".pem", ".bundle.json");

  private final String version;
  private final AssetSigner signer;
  private final Map<String, Map<String, byte[]>> files;

  SimulatedRelease(String version, AssetSigner signer, Map<String, Map<String, byte[]>> files) {
    this.version = version;
    this.signer = signer;
    this.files = files;
  }

  /** One with the defaults of its generation. */
  public static SimulatedRelease of(String version, ReleaseGeneration generation) {
    return builder(version, generation).build();
  }

  /** One to be described first. */
  public static ReleaseBuilder builder(String version, ReleaseGeneration generation) {
    return new ReleaseBuilder(version, generation);
  }

  /** Without a prefix. */
  public String version() {
    return version;
  }

  /** Who signed it, and whose trusted root it verifies under. */
  public SimulatedSigstore sigstore() {
    return signer.sigstore();
  }

  /** The form of its files. */
  public ReleaseGeneration generation() {
    return signer.generation();
  }

  /** When it was made, and published. */
  public Instant madeAt() {
    return signer.madeAt();
  }

  /** Content by tag and file name, in the order of their making; a copy. */
  public Map<String, Map<String, byte[]>> files() {
    Map<String, Map<String, byte[]>> contents = copy();
    contents.values().forEach(family -> family.replaceAll((name, content) -> content.clone()));
    return contents;
  }

  /** The content of a file of either family. */
  public byte[] file(String asset) {
    byte[] content = files.getOrDefault(tag(asset), Map.of()).get(asset);
    if (content == null) {
      throw new IllegalArgumentException("no file " + asset);
    }
    return content.clone();
  }

  /** The tag whose release has, or would have, a file. */
  public String tag(String asset) {
    return family(asset).tag(version);
  }

  private static ReleaseFamily family(String asset) {
    boolean node = NodeDocuments.NAMES.stream().anyMatch(asset::startsWith);
    return node ? ReleaseFamily.NODE : ReleaseFamily.KMS;
  }

  /** The same with a file put in, or in place of the one of that name. */
  public SimulatedRelease with(String asset, byte[] content) {
    Map<String, Map<String, byte[]>> changed = copy();
    changed.computeIfAbsent(tag(asset), tag -> new LinkedHashMap<>()).put(asset, content.clone());
    return new SimulatedRelease(version, signer, changed);
  }

  /** The same without some files. */
  public SimulatedRelease without(String... assets) {
    Map<String, Map<String, byte[]>> changed = copy();
    for (String asset : assets) {
      changed.values().forEach(family -> family.remove(asset));
    }
    return new SimulatedRelease(version, signer, changed);
  }

  /** The same without one of the families. */
  public SimulatedRelease without(ReleaseFamily family) {
    Map<String, Map<String, byte[]>> changed = copy();
    changed.remove(family.tag(version));
    return new SimulatedRelease(version, signer, changed);
  }

  /** The same without bundles for node images, as releases before 2.3.73. */
  public SimulatedRelease withoutNodeBundles() {
    return without(
        NodeDocuments.NAMES.stream().map(name -> name + ".bundle.json").toArray(String[]::new));
  }

  /** The same with a file changed after it was signed. */
  public SimulatedRelease change(String asset, UnaryOperator<byte[]> change) {
    return with(asset, change.apply(file(asset)));
  }

  /** The same with a file changed and signed properly; no other file knows of the change. */
  public SimulatedRelease resign(String asset, UnaryOperator<byte[]> change) {
    return change(asset, change).sign(asset, UnaryOperator.identity(), signing -> {});
  }

  /** The same with a JSON document changed and signed properly. */
  public SimulatedRelease resignJson(String asset, Consumer<ObjectNode> change) {
    return resign(asset, content -> Json.change(content, change));
  }

  /** The same with a file signed by another. */
  public SimulatedRelease signedBy(String asset, UnaryOperator<WorkflowIdentity> who) {
    return sign(asset, who, signing -> {});
  }

  /** The same with a file signed in another way. */
  public SimulatedRelease signed(String asset, Consumer<Signing> how) {
    return sign(asset, UnaryOperator.identity(), how);
  }

  /** The same with a file signed by the same workflow under another trust root. */
  public SimulatedRelease signedUnder(SimulatedSigstore other, String asset) {
    AssetSigner foreign =
        new AssetSigner(
            other,
            signer.generation(),
            signer.commit(),
            signer.madeAt(),
            signer.todaysBundles(),
            signer.certificatesInBase64());
    return sign(foreign, asset, UnaryOperator.identity(), signing -> {});
  }

  /** The same with the signature's files of one asset beside another. */
  public SimulatedRelease withSignatureOf(String other, String asset) {
    SimulatedRelease changed = this;
    for (String end : SIGNATURE_ENDS) {
      changed = changed.with(asset + end, file(other + end));
    }
    return changed;
  }

  private SimulatedRelease sign(
      String asset, UnaryOperator<WorkflowIdentity> who, Consumer<Signing> how) {
    return sign(signer, asset, who, how);
  }

  private SimulatedRelease sign(
      AssetSigner by, String asset, UnaryOperator<WorkflowIdentity> who, Consumer<Signing> how) {
    SignedArtifact signed = by.sign(family(asset), file(asset), who, how);
    SimulatedRelease changed = this;
    for (Map.Entry<String, byte[]> file : by.files(asset, signed).entrySet()) {
      changed = changed.with(file.getKey(), file.getValue());
    }
    return changed;
  }

  /** Writes every file into a folder, each family in one named by its tag. */
  public void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, Map<String, byte[]>> family : files.entrySet()) {
      Path own = Files.createDirectories(folder.resolve(family.getKey()));
      for (Map.Entry<String, byte[]> file : family.getValue().entrySet()) {
        Files.write(own.resolve(file.getKey()), file.getValue());
      }
    }
  }

  private Map<String, Map<String, byte[]>> copy() {
    Map<String, Map<String, byte[]>> copy = new LinkedHashMap<>();
    files.forEach((tag, family) -> copy.put(tag, new LinkedHashMap<>(family)));
    return copy;
  }
}
