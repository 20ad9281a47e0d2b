package network.calimero.tee.release.document;

import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.release.AllowedValues;
import network.calimero.tee.policy.release.ListReader;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;

/** The measurements of a release's node images (policy-and-releases.md, "published-mrtds.json"). */
public record PublishedMrtds(ReleaseVersion tag, Map<Profile, Entry> profiles) {
  /** Copies. */
  public PublishedMrtds {
    profiles = Map.copyOf(profiles);
  }

  /** Those of one profile's image. */
  public record Entry(Measurement mrtd, AllowedValues allowed) {}

  /**
   * Reads them.
   *
   * @throws MalformedException if they are none, or a list is empty
   */
  public static PublishedMrtds parse(Bytes json) throws MalformedException {
    return read(DocumentText.parse(json));
  }

  static PublishedMrtds read(JsonFields document) throws MalformedException {
    return new PublishedMrtds(
        DocumentText.version(document, "tag"),
        DocumentText.perProfile(
            document, "profiles", (profiles, name) -> entry(profiles.object(name))));
  }

  private static Entry entry(JsonFields entry) throws MalformedException {
    AllowedValues allowed;
    try {
      allowed = new ListReader(entry.tree(), entry.path()).values("");
    } catch (PolicyDocumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
    for (Register register : Register.values()) {
      if (allowed.list(register).values().isEmpty()) {
        throw new MalformedException("\"" + allowed.list(register).field() + "\" is empty");
      }
    }
    return new Entry(measurement(entry), allowed);
  }

  static Measurement measurement(JsonFields owner) throws MalformedException {
    String text = owner.text("mrtd");
    try {
      return Measurement.of(Bytes.fromHex(text).toArray());
    } catch (IllegalArgumentException e) {
      throw new MalformedException("\"mrtd\": " + e.getMessage());
    }
  }
}
