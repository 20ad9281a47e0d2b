package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Today's bundles as cosign would have written them before. */
final class OlderForm {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private OlderForm() {}

  /**
   * The same signature, certificate, entry and promise in cosign's older form; empty where the
   * bundle has not all of them, or no one signature of a file.
   */
  static Optional<Bytes> of(Bytes todays) {
    JsonNode bundle;
    try {
      bundle = JSON.readTree(todays.toArray());
    } catch (JacksonException _) {
      return Optional.empty();
    }
    JsonNode material = bundle.path("verificationMaterial");
    JsonNode entry = material.path("tlogEntries").path(0);
    String promise = entry.at("/inclusionPromise/signedEntryTimestamp").asString("");
    String signature = bundle.at("/messageSignature/signature").asString("");
    String certificate =
        material
            .at("/certificate/rawBytes")
            .asString(material.at("/x509CertificateChain/certificates/0/rawBytes").asString(""));
    if (promise.isEmpty() || signature.isEmpty() || certificate.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode older = JSON.createObjectNode().put("base64Signature", signature);
    older.put("cert", Base64.getEncoder().encodeToString(pem(certificate)));
    ObjectNode rekor = older.putObject("rekorBundle").put("SignedEntryTimestamp", promise);
    byte[] logId = Base64.getDecoder().decode(entry.at("/logId/keyId").asString(""));
    rekor
        .putObject("Payload")
        .put("body", entry.path("canonicalizedBody").asString(""))
        .put("integratedTime", Long.parseLong(entry.path("integratedTime").asString("0")))
        .put("logIndex", Long.parseLong(entry.path("logIndex").asString("0")))
        .put("logID", HexFormat.of().formatHex(logId));
    return Optional.of(Bytes.of(JSON.writeValueAsBytes(older)));
  }

  private static byte[] pem(String base64) {
    String lines = LINES.encodeToString(Base64.getDecoder().decode(base64));
    return ("-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n")
        .getBytes(UTF_8);
  }
}
