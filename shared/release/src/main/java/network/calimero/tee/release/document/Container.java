package network.calimero.tee.release.document;

import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.Profile;

/**
 * The containers that key servers of generations A and B run in.
 *
 * @param digest SHA-256 of the image, 32 bytes
 * @param profiles the same for each profile; empty in releases that have no profiles
 */
public record Container(String image, Bytes digest, Map<Profile, Bytes> profiles) {
  /** Copies. */
  public Container {
    profiles = Map.copyOf(profiles);
  }

  static Container read(JsonFields document) throws MalformedException {
    JsonFields container = document.object("container");
    return new Container(
        DocumentText.some(container, "image"),
        DocumentText.digest(container, "digest"),
        document.has("container_profile_digests")
            ? DocumentText.perProfile(document, "container_profile_digests", DocumentText::digest)
            : Map.of());
  }
}
