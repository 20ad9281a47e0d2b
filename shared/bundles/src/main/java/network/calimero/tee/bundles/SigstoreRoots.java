package network.calimero.tee.bundles;

import dev.sigstore.trustroot.CertificateAuthority;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.trustroot.TransparencyLog;
import dev.sigstore.trustroot.ValidFor;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.json.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a {@code trusted_root.json} for sigstore-java, which alone is too forgiving. */
final class SigstoreRoots {
  private static final JsonMapper JSON = StrictJson.mapper(32, KeptTrustedRoot.MAX_SIZE, 32);
  private static final int MAX_TEXT = 300;

  private SigstoreRoots() {}

  /**
   * The root that those bytes are.
   *
   * @throws MalformedException if they are none, say a name twice, or leave open from when on
   *     something may be believed
   */
  static SigstoreTrustedRoot parse(Bytes json) throws MalformedException {
    if (json.length() > KeptTrustedRoot.MAX_SIZE) {
      throw new MalformedException("more than " + KeptTrustedRoot.MAX_SIZE + " bytes");
    }
    try {
      JSON.readTree(json.toArray());
      SigstoreTrustedRoot root = SigstoreTrustedRoot.from(new ByteArrayInputStream(json.toArray()));
      requireStarts(root);
      return root;
    } catch (JacksonException e) {
      throw new MalformedException("not JSON: " + StrictJson.why(e));
    } catch (SigstoreConfigurationException | RuntimeException e) {
      throw new MalformedException(PlainText.bounded(String.valueOf(e.getMessage()), MAX_TEXT));
    }
  }

  /** The library takes a start that is not there for 1970, and so for "always". */
  private static void requireStarts(SigstoreTrustedRoot root) throws MalformedException {
    Stream<ValidFor> authorities =
        Stream.of(root.getCAs(), root.getTSAs())
            .flatMap(list -> list.stream().map(CertificateAuthority::getValidFor));
    Stream<ValidFor> logs =
        Stream.of(root.getTLogs(), root.getCTLogs())
            .flatMap(list -> list.stream().map(TransparencyLog::getPublicKey))
            .map(key -> key.getValidFor());
    if (Stream.concat(authorities, logs)
        .anyMatch(valid -> !valid.getStart().isAfter(Instant.EPOCH))) {
      throw new MalformedException("an authority or a log in it is valid from no time on");
    }
  }
}
