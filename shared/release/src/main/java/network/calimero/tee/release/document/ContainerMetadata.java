package network.calimero.tee.release.document;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.release.ReleaseVersion;

/** What a release of generation A or B says of its containers. */
public record ContainerMetadata(ReleaseVersion tag, String commit, Container container) {

  /**
   * Reads one.
   *
   * @throws MalformedException if it is none
   */
  public static ContainerMetadata parse(Bytes json) throws MalformedException {
    JsonFields document = DocumentText.parse(json);
    DocumentText.requireSchema(document);
    if (!document.object("container").tree().path("tags").isArray()) {
      throw new MalformedException("\"container.tags\" is not a list");
    }
    return new ContainerMetadata(
        DocumentText.version(document, "tag"),
        DocumentText.commit(document),
        Container.read(document));
  }
}
