package network.calimero.tee.release.document;

import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;

/**
 * An attestation policy with what it says beside its lists (policy-and-releases.md, "Attestation
 * policy").
 *
 * @param lists the policy itself
 * @param provider what kind of KMS it is about
 * @param binding what nodes bind their nonces to by default, 32 bytes
 * @param configPath where it belongs in a node's configuration; empty if it does not say
 * @param namesComposeHashes whether it has a list of compose hashes, perhaps an empty one
 */
public record KmsPolicy(
    PolicyDocument lists,
    String commit,
    String provider,
    Bytes binding,
    String configPath,
    boolean namesComposeHashes) {
  private static final int BINDING_SIZE = 32;

  /**
   * Reads one.
   *
   * @throws MalformedException if it is none
   */
  public static KmsPolicy parse(Bytes json) throws MalformedException {
    PolicyDocument lists;
    try {
      lists = PolicyDocument.parse(json);
    } catch (PolicyDocumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
    JsonFields document = DocumentText.parse(json);
    DocumentText.requireSchema(document);
    JsonFields kms = document.object("kms");
    kms.requireText("attest_endpoint", "/attest");
    return new KmsPolicy(
        lists,
        DocumentText.commit(document),
        kms.text("provider"),
        binding(kms),
        document.optionalText("merod_config_path").orElse(""),
        lists.composeHashes().isPresent());
  }

  private static Bytes binding(JsonFields kms) throws MalformedException {
    Bytes hex = DocumentText.sha256(kms, "default_binding_hex");
    if (!kms.base64("default_binding_b64", BINDING_SIZE).equals(hex)) {
      throw new MalformedException(
          "\"default_binding_hex\" and \"default_binding_b64\" are not the same bytes");
    }
    return hex;
  }
}
