package network.calimero.tee.simulator.sigstore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.Der;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a verifier has to believe, in the form of Sigstore's {@code trusted_root.json}. */
final class TrustedRootDocument {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final ObjectNode root = JSON.createObjectNode();
  private final String start;

  /**
   * Begins an empty one.
   *
   * @param start when its keys began to be used
   */
  TrustedRootDocument(Instant start) {
    this.start = start.truncatedTo(ChronoUnit.SECONDS).toString();
    root.put("mediaType", "application/vnd.dev.sigstore.trustedroot+json;version=0.1");
    for (String part :
        List.of("tlogs", "certificateAuthorities", "ctlogs", "timestampAuthorities")) {
      root.putArray(part);
    }
  }

  /** Adds a log to the list of a name. */
  TrustedRootDocument log(String list, String url, SimulatedKey key) {
    ObjectNode log = list(list).addObject().put("baseUrl", url).put("hashAlgorithm", "SHA2_256");
    ObjectNode publicKey = log.putObject("publicKey");
    publicKey.put("rawBytes", BASE64.encodeToString(Der.encode(Der.publicKey(key))));
    publicKey.put("keyDetails", "PKIX_ECDSA_P256_SHA_256");
    publicKey.putObject("validFor").put("start", start);
    log.putObject("logId").put("keyId", BASE64.encodeToString(CertificateLog.id(key)));
    return this;
  }

  /** Adds an authority to the list of a name, its chain from the lowest to the root. */
  TrustedRootDocument authority(String list, String name, String url, List<byte[]> chain) {
    ObjectNode authority = list(list).addObject();
    ObjectNode subject = authority.putObject("subject");
    subject.put("organization", CertificateAuthority.ORGANIZATION).put("commonName", name);
    authority.put("uri", url);
    ArrayNode certificates = authority.putObject("certChain").putArray("certificates");
    chain.forEach(der -> certificates.addObject().put("rawBytes", BASE64.encodeToString(der)));
    authority.putObject("validFor").put("start", start);
    return this;
  }

  private ArrayNode list(String name) {
    return root.withArrayProperty(name);
  }

  byte[] json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }
}
