package network.calimero.tee.simulator.collateral;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import network.calimero.tee.simulator.codec.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything a verifier needs besides the quote, in the form that tools exchange (dcap.md,
 * "Exchange form"): nine texts, or ten with a PCK certificate chain. Also reads such a document
 * from elsewhere, so that real collateral can be served. Immutable.
 */
public final class SimulatedCollateral {
  /** PEM of the PCK CRL's issuer and the root. */
  public static final String PCK_CRL_ISSUER_CHAIN = "pck_crl_issuer_chain";

  /** The root's CRL, hex of DER. */
  public static final String ROOT_CA_CRL = "root_ca_crl";

  /** The PCK authority's CRL, hex of DER. */
  public static final String PCK_CRL = "pck_crl";

  /** PEM of the TCB signing certificate and the root. */
  public static final String TCB_INFO_ISSUER_CHAIN = "tcb_info_issuer_chain";

  /** The TCB info's text. */
  public static final String TCB_INFO = "tcb_info";

  /** The TCB info's signature in hex. */
  public static final String TCB_INFO_SIGNATURE = "tcb_info_signature";

  /** PEM of the QE identity's signing certificate and the root. */
  public static final String QE_IDENTITY_ISSUER_CHAIN = "qe_identity_issuer_chain";

  /** The QE identity's text. */
  public static final String QE_IDENTITY = "qe_identity";

  /** The QE identity's signature in hex. */
  public static final String QE_IDENTITY_SIGNATURE = "qe_identity_signature";

  /** PEM of PCK leaf, intermediate and root, for quotes that do not carry them. */
  public static final String PCK_CERTIFICATE_CHAIN = "pck_certificate_chain";

  private final Map<String, String> parts;

  private SimulatedCollateral(Map<String, String> parts) {
    this.parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** Collateral of its parts: two chains, two CRLs in DER, two signed documents. */
  public static SimulatedCollateral of(
      String pckCrlIssuerChain,
      byte[] rootCaCrl,
      byte[] pckCrl,
      String signingChain,
      SignedDocument tcbInfo,
      SignedDocument qeIdentity) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(PCK_CRL_ISSUER_CHAIN, pckCrlIssuerChain);
    parts.put(ROOT_CA_CRL, Bytes.hex(rootCaCrl));
    parts.put(PCK_CRL, Bytes.hex(pckCrl));
    parts.put(TCB_INFO_ISSUER_CHAIN, signingChain);
    parts.put(TCB_INFO, tcbInfo.text());
    parts.put(TCB_INFO_SIGNATURE, tcbInfo.signature());
    parts.put(QE_IDENTITY_ISSUER_CHAIN, signingChain);
    parts.put(QE_IDENTITY, qeIdentity.text());
    parts.put(QE_IDENTITY_SIGNATURE, qeIdentity.signature());
    return new SimulatedCollateral(parts);
  }

  /** Reads the exchange form; members that are not text are left out. */
  public static SimulatedCollateral parse(String json) {
    Map<String, String> parts = new LinkedHashMap<>();
    JsonNode root = Json.MAPPER.readTree(json);
    for (Map.Entry<String, JsonNode> member : root.properties()) {
      if (member.getValue().isString()) {
        parts.put(member.getKey(), member.getValue().stringValue());
      }
    }
    return new SimulatedCollateral(parts);
  }

  /** A part by its key in the exchange form. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(parts.get(key));
  }

  /** A part that must be there. */
  public String get(String key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException("no " + key));
  }

  /** The same with one part set. */
  public SimulatedCollateral with(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(parts);
    changed.put(key, value);
    return new SimulatedCollateral(changed);
  }

  /** The same with one part changed. */
  public SimulatedCollateral change(String key, UnaryOperator<String> change) {
    return with(key, change.apply(get(key)));
  }

  /** The same with one part left out. */
  public SimulatedCollateral without(String key) {
    Map<String, String> changed = new LinkedHashMap<>(parts);
    changed.remove(key);
    return new SimulatedCollateral(changed);
  }

  /** The same with TCB info and issuer chain of other collateral. */
  public SimulatedCollateral withTcbInfoOf(SimulatedCollateral other) {
    return with(TCB_INFO, other.get(TCB_INFO))
        .with(TCB_INFO_SIGNATURE, other.get(TCB_INFO_SIGNATURE))
        .with(TCB_INFO_ISSUER_CHAIN, other.get(TCB_INFO_ISSUER_CHAIN));
  }

  /** The same with QE identity and issuer chain of other collateral. */
  public SimulatedCollateral withQeIdentityOf(SimulatedCollateral other) {
    return with(QE_IDENTITY, other.get(QE_IDENTITY))
        .with(QE_IDENTITY_SIGNATURE, other.get(QE_IDENTITY_SIGNATURE))
        .with(QE_IDENTITY_ISSUER_CHAIN, other.get(QE_IDENTITY_ISSUER_CHAIN));
  }

  /** All parts in their order, by key. */
  public Map<String, String> parts() {
    return parts;
  }

  /** The exchange form: one JSON object of texts. */
  public String json() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    parts.forEach(root::put);
    return root.toString();
  }
}
