package network.calimero.tee.simulator.dstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.codec.Seed;
import network.calimero.tee.simulator.quote.TdField;
import network.calimero.tee.simulator.tdx.MeasuredEvent;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;

/**
 * An application as dstack knows it: the compose document it was deployed with, the identity that
 * follows from it, and the secret that its keys hang on. Immutable.
 */
public final class DstackApp {
  private static final int APP_ID_SIZE = 20;

  private final String name;
  private final String appCompose;
  private final byte[] composeHash;
  private final byte[] appId;
  private final byte[] instanceId;
  private final Seed secret;

  private DstackApp(String name, String appCompose, byte[] appId, Seed secret) {
    this.name = name;
    this.appCompose = appCompose;
    this.composeHash = Hash.sha256(appCompose.getBytes(UTF_8));
    this.appId = appId.clone();
    this.instanceId = secret.bytes("instance", APP_ID_SIZE);
    this.secret = secret;
  }

  /**
   * An application deployed with a compose document; its ID is the beginning of that document's
   * hash.
   *
   * @param secret what its keys are derived from
   */
  public static DstackApp of(String name, String appCompose, Seed secret) {
    byte[] hash = Hash.sha256(appCompose.getBytes(UTF_8));
    return new DstackApp(name, appCompose, Bytes.fit(hash, APP_ID_SIZE), secret);
  }

  /** An application with a small compose document and a secret of its name. */
  public static DstackApp named(String name) {
    String compose =
        "{\"manifest_version\":2,\"name\":\"%s\",\"runner\":\"docker-compose\"}".formatted(name);
    return of(name, compose, Seed.of("dstack app " + name));
  }

  /** The same application ID and secret with another compose document: an upgrade. */
  public DstackApp redeployed(String otherCompose) {
    return new DstackApp(name, otherCompose, appId, secret);
  }

  /**
   * Launches the application: MRCONFIGID names the compose document, and the guest measures its
   * boot into RTMR3.
   */
  public SimulatedTdxMachine launch(SimulatedPlatform platform, TdImage image) {
    byte[] configId = Bytes.fit(Bytes.concat(new byte[] {1}, composeHash), 48);
    SimulatedTdxMachine machine = platform.launch(image.with(TdField.MR_CONFIG_ID, configId));
    bootEvents().forEach(machine::measure);
    return machine;
  }

  /** What the guest measures into RTMR3, in order (measurements.md, "Registers"). */
  public List<MeasuredEvent> bootEvents() {
    return List.of(
        MeasuredEvent.runtime("system-preparing", new byte[0]),
        MeasuredEvent.runtime("app-id", appId),
        MeasuredEvent.runtime("compose-hash", composeHash),
        MeasuredEvent.runtime("instance-id", instanceId),
        MeasuredEvent.runtime("boot-mr-done", new byte[0]),
        MeasuredEvent.runtime("key-provider", keyProvider().getBytes(UTF_8)),
        MeasuredEvent.runtime("system-ready", new byte[0]));
  }

  /** The name it was deployed under. */
  public String name() {
    return name;
  }

  /** The compose document, exactly as deployed. */
  public String appCompose() {
    return appCompose;
  }

  /** SHA-256 of the compose document, hex. */
  public String composeHash() {
    return Bytes.hex(composeHash);
  }

  /** 20 bytes in hex. */
  public String appId() {
    return Bytes.hex(appId);
  }

  /** 20 bytes in hex. */
  public String instanceId() {
    return Bytes.hex(instanceId);
  }

  /** Who gives the application its keys: a JSON text. */
  public String keyProvider() {
    return "{\"name\":\"kms\",\"id\":\"%s\"}".formatted(Bytes.hex(secret.bytes("provider", 32)));
  }

  /**
   * The key at a path, 32 bytes: the same for the same secret, application ID, path and algorithm,
   * whatever compose document it was deployed with.
   */
  public byte[] key(String path, String algorithm) {
    byte[] appKey = Hash.hmac(secret.bytes("keys", 32), appId);
    return Hash.hmac(appKey, algorithm.getBytes(UTF_8), new byte[1], path.getBytes(UTF_8));
  }
}
