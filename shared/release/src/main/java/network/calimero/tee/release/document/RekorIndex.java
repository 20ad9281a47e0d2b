package network.calimero.tee.release.document;

import java.util.LinkedHashMap;
import java.util.Map;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.release.ReleaseVersion;

/**
 * Where the log has the signatures of a release.
 *
 * @param digests SHA-256 of the signed files by name
 */
public record RekorIndex(ReleaseVersion tag, Map<String, Bytes> digests) {
  private static final int MAX_ENTRIES = 200;

  /** Copies. */
  public RekorIndex {
    digests = Map.copyOf(digests);
  }

  /**
   * Reads one.
   *
   * @throws MalformedException if it is none
   */
  public static RekorIndex parse(Bytes json) throws MalformedException {
    JsonFields document = DocumentText.parse(json);
    Map<String, Bytes> digests = new LinkedHashMap<>();
    for (JsonFields entry : document.objects("entries", MAX_ENTRIES)) {
      if (digests.put(entry.text("asset"), DocumentText.digest(entry, "hash")) != null) {
        throw new MalformedException("\"entries\" has an asset twice");
      }
    }
    return new RekorIndex(DocumentText.version(document, "tag"), digests);
  }
}
