package network.calimero.tee.simulator.releases;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import network.calimero.tee.simulator.sigstore.SimulatedSigstore;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pair of releases before it is made; what is not said has a default that verifies. Changes to
 * files happen before others refer to them and before all are signed, so that each is a single
 * fault.
 */
public final class ReleaseBuilder {
  private static final Instant MADE = Instant.parse("2026-09-26T13:56:56Z");

  private final String version;
  private final ReleaseGeneration generation;
  private final Map<String, List<Registers>> kms = new LinkedHashMap<>();
  private final Map<String, String> composeHashes = new LinkedHashMap<>();
  private final Map<String, List<Registers>> nodes = new LinkedHashMap<>();
  private final List<AssetChange> changes = new ArrayList<>();
  private List<String> tcbStatuses = List.of("uptodate");
  private Instant madeAt = MADE;
  private String commit = Bytes.hex(Hash.sha1("a simulated commit".getBytes(UTF_8)));
  private @Nullable SimulatedSigstore sigstore;
  private int programSize = 1024;
  private boolean todaysBundles;
  private boolean certificatesInBase64;

  ReleaseBuilder(String version, ReleaseGeneration generation) {
    this.version = version;
    this.generation = generation;
  }

  /** Facts of a release that accepts nobody. */
  static ReleaseFacts emptyFacts(String version) {
    return new ReleaseBuilder(version, ReleaseGeneration.A).facts();
  }

  /** Who signs; a service of its own unless said. */
  public ReleaseBuilder sigstore(SimulatedSigstore service) {
    sigstore = service;
    return this;
  }

  /** When it was made and signed. */
  public ReleaseBuilder madeAt(Instant at) {
    madeAt = at.truncatedTo(ChronoUnit.SECONDS);
    return this;
  }

  /** The commit that it was made from, 40 hex digits. */
  public ReleaseBuilder commit(String hash) {
    commit = hash;
    return this;
  }

  /** The statuses that every list accepts. */
  public ReleaseBuilder tcbStatuses(String... statuses) {
    tcbStatuses = List.of(statuses);
    return this;
  }

  /** Measurements of the key servers of a profile, each time one more. */
  public ReleaseBuilder kms(String profile, Registers registers) {
    kms.computeIfAbsent(profile, p -> new ArrayList<>()).add(registers);
    return this;
  }

  /** A machine that is a key server of a profile. */
  public ReleaseBuilder kms(String profile, SimulatedTdxMachine machine) {
    return kms(profile, Registers.of(machine));
  }

  /** The compose document of the key servers of a profile: SHA-256 in hex. */
  public ReleaseBuilder composeHash(String profile, String hash) {
    composeHashes.put(profile, hash);
    return this;
  }

  /** Measurements of the nodes of a profile, each time one more. */
  public ReleaseBuilder node(String profile, Registers registers) {
    nodes.computeIfAbsent(profile, p -> new ArrayList<>()).add(registers);
    return this;
  }

  /** A machine that is a node of a profile. */
  public ReleaseBuilder node(String profile, SimulatedTdxMachine machine) {
    return node(profile, Registers.of(machine));
  }

  /** How large each program is, in bytes; real ones have some ten million. */
  public ReleaseBuilder programSize(int bytes) {
    programSize = bytes;
    return this;
  }

  /** Changes files before others refer to them and before they are signed. */
  public ReleaseBuilder change(Predicate<String> which, UnaryOperator<byte[]> how) {
    changes.add(new AssetChange(which, how));
    return this;
  }

  /** Changes a JSON document of that name so. */
  public ReleaseBuilder changeJson(String asset, Consumer<ObjectNode> how) {
    return change(asset::equals, content -> Json.change(content, how));
  }

  /** Publishes bundles of today's form, which nodes and key servers do not read. */
  public ReleaseBuilder todaysBundles() {
    todaysBundles = true;
    return this;
  }

  /** Publishes certificates as base64 of the PEM, as some releases have them. */
  public ReleaseBuilder certificatesInBase64() {
    certificatesInBase64 = true;
    return this;
  }

  /** Makes and signs everything. */
  public SimulatedRelease build() {
    ReleaseFacts.PROFILES.forEach(this::fillIn);
    SimulatedSigstore service =
        Optional.ofNullable(sigstore).orElseGet(() -> SimulatedSigstore.at(madeAt));
    AssetSigner signer =
        new AssetSigner(service, generation, commit, madeAt, todaysBundles, certificatesInBase64);
    Map<String, Map<String, byte[]>> files = new LinkedHashMap<>();
    files.put(ReleaseFamily.KMS.tag(version), kms(signer));
    files.put(ReleaseFamily.NODE.tag(version), nodes(signer));
    return new SimulatedRelease(version, signer, files);
  }

  private Map<String, byte[]> kms(AssetSigner signer) {
    Assets assets = new Assets(changes);
    KmsDocuments documents = new KmsDocuments(facts(), assets);
    documents.make();
    Map<String, SignedArtifact> signed = signer.signAll(ReleaseFamily.KMS, assets.all());
    Map<String, SignedArtifact> indexed = new LinkedHashMap<>(signed);
    indexed.remove(documents.manifest());
    RekorIndex index = new RekorIndex(facts(), assets, todaysBundles);
    String name = documents.rekorIndex();
    assets.put(name, Json.bytes(index.json(indexed)));
    signed.putAll(signer.signAll(ReleaseFamily.KMS, Map.of(name, assets.get(name))));
    return signer.published(assets.all(), signed);
  }

  private Map<String, byte[]> nodes(AssetSigner signer) {
    Assets assets = new Assets(changes);
    new NodeDocuments(facts(), assets).make();
    return signer.published(assets.all(), signer.signAll(ReleaseFamily.NODE, assets.all()));
  }

  private ReleaseFacts facts() {
    return new ReleaseFacts(
        version, generation, madeAt, commit, tcbStatuses, kms, composeHashes, nodes, programSize);
  }

  /** Machines that names stand for, where none was given. */
  private void fillIn(String profile) {
    String image = version + "/" + profile;
    if (!nodes.containsKey(profile)) {
      String node = image + "/node";
      node(profile, Registers.named("Google", version + "/node kernel", node, node));
    }
    if (!kms.containsKey(profile) && generation.phala()) {
      // On Phala only the compose document tells the profiles apart.
      kms(profile, Registers.named("dstack", "dstack kernel", "dstack image", image + "/kms"));
    } else if (!kms.containsKey(profile)) {
      String server = image + "/kms";
      kms(profile, Registers.named("Google", version + "/node kernel", server, server));
    }
    if (generation == ReleaseGeneration.B && !composeHashes.containsKey(profile)) {
      composeHash(profile, Bytes.hex(Hash.sha256((image + "/compose").getBytes(UTF_8))));
    }
  }
}
