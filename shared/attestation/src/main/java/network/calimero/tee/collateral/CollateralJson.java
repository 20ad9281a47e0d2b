package network.calimero.tee.collateral;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Pem;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.json.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collateral in the exchange form between tools, "QuoteCollateralV3" JSON (dcap.md, "Collateral").
 */
public final class CollateralJson {
  /** The largest file that is read, in bytes. */
  public static final int MAX_SIZE = 4 * 1024 * 1024;

  private static final JsonMapper MAPPER =
      StrictJson.mapper(16, MAX_SIZE, StreamReadConstraints.DEFAULT_MAX_NUM_LEN);

  private CollateralJson() {}

  /** Reads a file in exchange form. What it holds is still unproven. */
  public static Collateral parse(Bytes json) throws CollateralFormatException {
    if (json.length() > MAX_SIZE) {
      throw new CollateralFormatException("collateral of more than " + MAX_SIZE + " bytes");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(json.toArray());
    } catch (JacksonException e) {
      throw new CollateralFormatException("collateral is not JSON: " + StrictJson.why(e));
    }
    if (root == null || !root.isObject()) {
      throw new CollateralFormatException("collateral is not a JSON object");
    }
    return new Collateral(
        text(root, "pck_crl_issuer_chain"),
        crl(root, "root_ca_crl"),
        crl(root, "pck_crl"),
        text(root, "tcb_info_issuer_chain"),
        text(root, "tcb_info"),
        hex(root, "tcb_info_signature"),
        text(root, "qe_identity_issuer_chain"),
        text(root, "qe_identity"),
        hex(root, "qe_identity_signature"),
        root.hasNonNull("pck_certificate_chain")
            ? Optional.of(text(root, "pck_certificate_chain"))
            : Optional.empty());
  }

  /** Writes the exchange form, so that anyone can verify again. */
  public static ObjectNode write(Collateral collateral) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("pck_crl_issuer_chain", utf8(collateral.pckCrlIssuerChain()));
    root.put("root_ca_crl", collateral.rootCaCrl().hex());
    root.put("pck_crl", collateral.pckCrl().hex());
    root.put("tcb_info_issuer_chain", utf8(collateral.tcbInfoIssuerChain()));
    root.put("tcb_info", utf8(collateral.tcbInfo()));
    root.put("tcb_info_signature", collateral.tcbInfoSignature().hex());
    root.put("qe_identity_issuer_chain", utf8(collateral.qeIdentityIssuerChain()));
    root.put("qe_identity", utf8(collateral.qeIdentity()));
    root.put("qe_identity_signature", collateral.qeIdentitySignature().hex());
    collateral.pckCertificateChain().ifPresent(pem -> root.put("pck_certificate_chain", utf8(pem)));
    return root;
  }

  private static String utf8(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  private static String string(JsonNode root, String key) throws CollateralFormatException {
    JsonNode node = root.get(key);
    if (node == null || !node.isString()) {
      throw new CollateralFormatException("collateral has no text \"" + key + "\"");
    }
    return node.stringValue();
  }

  private static Bytes text(JsonNode root, String key) throws CollateralFormatException {
    return Bytes.of(string(root, key).getBytes(StandardCharsets.UTF_8));
  }

  private static Bytes hex(JsonNode root, String key) throws CollateralFormatException {
    return fromHex(string(root, key), key);
  }

  /** A CRL is hex of DER, or PEM. */
  private static Bytes crl(JsonNode root, String key) throws CollateralFormatException {
    String text = string(root, key);
    try {
      Optional<Bytes> pem = Pem.first(text, "X509 CRL");
      return pem.isPresent() ? pem.get() : fromHex(text.strip(), key);
    } catch (MalformedException e) {
      throw new CollateralFormatException("collateral's \"" + key + "\": " + e.reason());
    }
  }

  private static Bytes fromHex(String hex, String key) throws CollateralFormatException {
    try {
      return Bytes.fromHex(hex.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new CollateralFormatException("collateral's \"" + key + "\" is not hex");
    }
  }
}
