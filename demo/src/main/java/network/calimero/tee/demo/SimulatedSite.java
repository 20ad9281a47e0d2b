package network.calimero.tee.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.policy.Register;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.dstack.DstackAgent;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.pki.SimulatedPki;
import network.calimero.tee.simulator.quote.TdField;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;

/**
 * A pretend data centre: one authority in Intel's place, its collateral over HTTP, a trust domain
 * for the KMS and one for nodes, each with a dstack agent on a Unix socket, and a server that
 * missed its updates. All of it is simulated, and nothing above it is.
 */
public final class SimulatedSite implements AutoCloseable {
  private static final String NODE_IMAGE = "mero node image, locked-read-only";
  private static final String OLD_FMSPC = "00806f050000";

  private final Closeables open;
  private final Instant now;
  private final WorkFolder folder;
  private final Path root;
  private final Path kmsSocket;
  private final Path nodeSocket;
  private final SimulatedPki pki;
  private final SimulatedPlatform current;
  private final SimulatedPlatform outdated;
  private final PcsServer pcs;
  private final DstackApp kmsApp;
  private final SimulatedTdxMachine kmsMachine;
  private final SimulatedTdxMachine nodeMachine;

  private SimulatedSite(Instant now, Closeables open) throws IOException {
    this.now = now;
    this.open = open;
    folder = open.add(WorkFolder.create());
    pki = SimulatedPki.at(now);
    current = SimulatedPlatform.builder(now).pki(pki).build();
    outdated =
        SimulatedPlatform.builder(now)
            .pki(pki)
            .fmspc(OLD_FMSPC)
            .platformStatus("OutOfDate", "INTEL-SA-00837")
            .build();
    pcs = open.add(PcsServer.start());
    pcs.serve(outdated.collateral()).serve(current.collateral());
    root = folder.file("simulated-root.pem");
    Files.writeString(root, pki.root().pem());
    kmsApp = app("mero-kms");
    kmsMachine = kmsApp.launch(current, TdImage.named("mero kms image"));
    kmsSocket = folder.socket("kms.sock");
    agent(kmsSocket, kmsApp, kmsMachine);
    nodeMachine = nodeApp().launch(current, TdImage.named(NODE_IMAGE));
    nodeSocket = folder.socket("node.sock");
    agent(nodeSocket, nodeApp(), nodeMachine);
  }

  /**
   * Builds and starts it.
   *
   * @param now what its certificates and collateral are valid around
   */
  public static SimulatedSite start(Instant now) throws IOException {
    return start(now, new Closeables());
  }

  /** The same, where it can be ended by somebody else in the middle of its start. */
  static SimulatedSite start(Instant now, Closeables open) throws IOException {
    try {
      return new SimulatedSite(now, open);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /** Keys of its own: those of another run would be a coincidence that misleads. */
  private static DstackApp app(String name) {
    String compose = "{\"manifest_version\":2,\"name\":\"%s\"}".formatted(name);
    return DstackApp.of(name, compose, Seed.random());
  }

  /** Always the same application, so that all its machines measure the same. */
  private static DstackApp nodeApp() {
    return DstackApp.named("merod");
  }

  private void agent(Path socket, DstackApp app, SimulatedTdxMachine machine) throws IOException {
    open.add(DstackAgent.start(socket, app, machine));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwx------"));
  }

  /** The instant that everything is valid around. */
  public Instant now() {
    return now;
  }

  /** What a verifier has to believe here in place of Intel's root. */
  public TrustAnchor anchor() {
    return TrustAnchor.of(Bytes.of(pki.root().der()));
  }

  /** The root certificate as a PEM file. */
  public Path root() {
    return root;
  }

  /** Where Intel's collateral is served from. */
  public String pcsUrl() {
    return pcs.baseUri().toString();
  }

  /** The socket of the agent in the KMS's trust domain. */
  public Path kmsSocket() {
    return kmsSocket;
  }

  /** The socket of the agent in the nodes' trust domain. */
  public Path nodeSocket() {
    return nodeSocket;
  }

  /** A path for another file that goes when the site goes. */
  public Path file(String name) {
    return folder.file(name);
  }

  /** Where what a node's configuration is to say of its KMS is written. */
  public Path merodConfig() {
    return file("merod-tee.toml");
  }

  /** What the KMS's trust domain measures. */
  public Map<Register, Measurement> kmsMeasurements() {
    return measurements(kmsMachine);
  }

  /** What the nodes' trust domain measures. */
  public Map<Register, Measurement> nodeMeasurements() {
    return measurements(nodeMachine);
  }

  /** The trust domain that the KMS runs in. */
  SimulatedTdxMachine kmsMachine() {
    return kmsMachine;
  }

  /** SHA-256 of the compose document that the KMS was deployed with, hex. */
  String kmsComposeHash() {
    return kmsApp.composeHash();
  }

  /** The trust domain that nodes run in. */
  public SimulatedTdxMachine nodeMachine() {
    return nodeMachine;
  }

  /** The nodes' image, started with debugging. */
  SimulatedTdxMachine debugMachine() {
    return nodeApp().launch(current, TdImage.named(NODE_IMAGE).debug());
  }

  /** Another image on the same server. */
  SimulatedTdxMachine foreignMachine() {
    return nodeApp().launch(current, TdImage.named("an image that nobody released"));
  }

  /** The nodes' image on the server that missed its updates. */
  SimulatedTdxMachine outdatedMachine() {
    return nodeApp().launch(outdated, TdImage.named(NODE_IMAGE));
  }

  /** The nodes' image on a server whose maker has an authority of its own. */
  SimulatedTdxMachine selfCertifiedMachine() {
    return nodeApp().launch(SimulatedPlatform.at(now), TdImage.named(NODE_IMAGE));
  }

  private static Map<Register, Measurement> measurements(SimulatedTdxMachine machine) {
    Map<Register, Measurement> values = new EnumMap<>(Register.class);
    values.put(Register.MRTD, Measurement.of(machine.mrTd()));
    values.put(Register.RTMR0, Measurement.of(machine.field(TdField.RTMR0)));
    values.put(Register.RTMR1, Measurement.of(machine.field(TdField.RTMR1)));
    values.put(Register.RTMR2, Measurement.of(machine.field(TdField.RTMR2)));
    values.put(Register.RTMR3, Measurement.of(machine.field(TdField.RTMR3)));
    return values;
  }

  /** The environment that an operator gives a KMS here, on a port that the system chooses. */
  public Map<String, String> kmsEnvironment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("LISTEN_ADDR", "127.0.0.1:0");
    environment.put("DSTACK_SOCKET_PATH", kmsSocket.toString());
    environment.put("PCS_URLS", pcsUrl());
    environment.put("MERO_KMS_PROFILE", "locked-read-only");
    environment.put("MERO_KMS_REQUIRE_SEALED_KEY_RELEASE", "false");
    environment.put("USE_ENV_POLICY", "true");
    environment.put("ALLOWED_TCB_STATUSES", "uptodate");
    Map<Register, Measurement> allowed = nodeMeasurements();
    for (Register register : Register.values()) {
      Measurement value = Objects.requireNonNull(allowed.get(register));
      environment.put("ALLOWED_" + register.name(), value.hex());
    }
    return environment;
  }

  @Override
  public void close() {
    open.close();
  }
}
