package network.calimero.tee.release.document;

import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;

/**
 * Where node images come from (policy-and-releases.md, "release-provenance.json").
 *
 * @param policyTag the release that its policy says it is of
 * @param verified the MRTD that another party verified, by profile
 * @param mrtds its copy of the published measurements
 */
public record Provenance(
    ReleaseVersion tag,
    String commit,
    ReleaseVersion policyTag,
    Map<Profile, Measurement> verified,
    PublishedMrtds mrtds) {
  /** Copies. */
  public Provenance {
    verified = Map.copyOf(verified);
  }

  /**
   * Reads it.
   *
   * @throws MalformedException if it is none, or says of an image that it was not verified
   */
  public static Provenance parse(Bytes json) throws MalformedException {
    JsonFields document = DocumentText.parse(json);
    return new Provenance(
        DocumentText.version(document, "tag"),
        DocumentText.commit(document),
        DocumentText.version(document.object("measurement_policy"), "tag"),
        DocumentText.perProfile(
            document, "profiles", (profiles, name) -> verified(profiles.object(name))),
        PublishedMrtds.read(document.object("mrtds")));
  }

  private static Measurement verified(JsonFields profile) throws MalformedException {
    DocumentText.some(profile.object("image"), "name");
    JsonFields verification = profile.object("external_verification");
    verification.requireText("status", "performed");
    return PublishedMrtds.measurement(verification);
  }
}
