package network.calimero.tee.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static network.calimero.tee.sigstore.Attempt.OTHER;
import static network.calimero.tee.sigstore.Attempt.SIGNED;
import static network.calimero.tee.sigstore.Attempt.WORKFLOW;
import static network.calimero.tee.sigstore.Attempt.at;
import static network.calimero.tee.sigstore.Attempt.flipped;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.simulator.pki.Der;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ways to spoil a signature, each with the check that must notice it first: the table. */
@SuppressWarnings("ImmutableEnumChecker") // the changes are functions that keep nothing
enum SpoiledSignature {
  // The log's promise
  IT_IS_IN_A_LOG_OF_ANOTHER_SERVICE(Code.LOG_UNKNOWN, a -> a.signing(s -> s.logOf(OTHER))),
  LOG_ID_IS_ANOTHERS(
      Code.LOG_UNKNOWN, a -> a.bundle(b -> payload(b).put("logID", "00".repeat(32)))),
  TRUST_ROOT_HAS_NO_LOGS(Code.LOG_UNKNOWN, a -> a.root(r -> r.putArray("tlogs"))),
  LOG_ID_IN_THE_TRUST_ROOT_IS_NOT_THE_KEYS(
      Code.LOG_UNKNOWN,
      a ->
          a.root(r ->
              at(r, "/tlogs/0/publicKey")
                  .put("rawBytes", at(r, "/ctlogs/0/publicKey").get("rawBytes").asString()))),
  LOG_HAS_A_KEY_OF_ANOTHER_KIND(
      Code.LOG_PROMISE_WRONG,
      a ->
          a.root(r -> at(r, "/tlogs/0/publicKey").put("rawBytes", "AAAA"))
              .bundle(b -> payload(b).put("logID", Sha256.of(Bytes.fromHex("000000")).hex()))),
  LOG_BEGAN_A_SECOND_LATER(
      Code.LOG_KEY_NOT_VALID_THEN,
      a -> a.root(r -> validFor(r, "/tlogs/0/publicKey").put("start", "2026-09-26T13:57:06Z"))),
  LOG_ENDED_A_SECOND_EARLIER(
      Code.LOG_KEY_NOT_VALID_THEN,
      a -> a.root(r -> validFor(r, "/tlogs/0/publicKey").put("end", "2026-09-26T13:57:04Z"))),
  PROMISE_IS_FOR_ANOTHER_ENTRY(
      Code.LOG_PROMISE_WRONG,
      a -> a.signing(s -> s.promisedEntry(entry -> entry.replace("sha256", "sha512")))),
  PROMISE_IS_SPOILED(
      Code.LOG_PROMISE_WRONG,
      a ->
          a.bundle(b ->
              rekor(b)
                  .put(
                      "SignedEntryTimestamp",
                      flipped(rekor(b).get("SignedEntryTimestamp").asString(), -1)))),
  PROMISE_IS_NO_SIGNATURE(
      Code.LOG_PROMISE_WRONG, a -> a.bundle(b -> rekor(b).put("SignedEntryTimestamp", "AAAA"))),
  PROMISE_IS_EMPTY(
      Code.LOG_PROMISE_WRONG, a -> a.bundle(b -> rekor(b).put("SignedEntryTimestamp", ""))),
  TIME_IS_ANOTHER(
      Code.LOG_PROMISE_WRONG,
      a -> a.bundle(b -> payload(b).put("integratedTime", SIGNED.getEpochSecond()))),
  LOG_INDEX_IS_ANOTHER(
      Code.LOG_PROMISE_WRONG,
      a -> a.bundle(b -> payload(b).put("logIndex", payload(b).get("logIndex").asLong() + 1))),
  BODY_IS_ANOTHER(
      Code.LOG_PROMISE_WRONG,
      a -> a.bundle(b -> payload(b).put("body", flipped(payload(b).get("body").asString(), 9)))),

  // What the log has
  ENTRY_IS_OF_ANOTHER_KIND(
      Code.LOG_ENTRY_UNKNOWN_KIND, a -> a.logged(e -> e.put("kind", "rekord"))),
  ENTRY_IS_OF_ANOTHER_VERSION(
      Code.LOG_ENTRY_UNKNOWN_KIND, a -> a.logged(e -> e.put("apiVersion", "0.0.2"))),
  ENTRY_IS_NOT_JSON(
      Code.LOG_ENTRY_UNKNOWN_KIND, a -> a.signing(s -> s.logEntry(entry -> entry + "}"))),
  ENTRY_HAS_MORE_FIELDS(Code.LOG_ENTRY_UNKNOWN_KIND, a -> a.logged(e -> e.put("more", 1))),
  ENTRY_HAS_MORE_FIELDS_IN_ITS_SPEC(
      Code.LOG_ENTRY_UNKNOWN_KIND, a -> a.logged(e -> at(e, "/spec").put("more", 1))),
  ENTRY_HAS_MORE_FIELDS_IN_ITS_DATA(
      Code.LOG_ENTRY_UNKNOWN_KIND, a -> a.logged(e -> at(e, "/spec/data").put("more", 1))),
  ENTRY_HAS_MORE_FIELDS_IN_ITS_HASH(
      Code.LOG_ENTRY_UNKNOWN_KIND, a -> a.logged(e -> at(e, "/spec/data/hash").put("more", 1))),
  ENTRY_HAS_MORE_FIELDS_IN_ITS_SIGNATURE(
      Code.LOG_ENTRY_UNKNOWN_KIND, a -> a.logged(e -> at(e, "/spec/signature").put("more", 1))),
  ENTRY_HAS_MORE_FIELDS_IN_ITS_KEY(
      Code.LOG_ENTRY_UNKNOWN_KIND,
      a -> a.logged(e -> at(e, "/spec/signature/publicKey").put("more", 1))),
  ENTRY_IS_OF_ANOTHER_HASH(
      Code.LOG_ENTRY_UNKNOWN_KIND,
      a -> a.logged(e -> at(e, "/spec/data/hash").put("algorithm", "sha512"))),
  ENTRY_HAS_NO_CERTIFICATE(
      Code.LOG_ENTRY_UNKNOWN_KIND,
      a -> a.logged(e -> at(e, "/spec/signature/publicKey").put("content", "AAAA"))),
  FILE_IS_ANOTHER(
      Code.LOG_ENTRY_OF_OTHER_ARTIFACT, a -> a.presenting("{\"a\":\"Policy\"}".getBytes(UTF_8))),
  FILE_HAS_MORE_AT_ITS_END(
      Code.LOG_ENTRY_OF_OTHER_ARTIFACT, a -> a.presenting("{\"a\":\"policy\"}\n".getBytes(UTF_8))),
  FILE_IS_EMPTY(Code.LOG_ENTRY_OF_OTHER_ARTIFACT, a -> a.presenting(new byte[0])),
  LOG_HAS_ANOTHER_DIGEST(
      Code.LOG_ENTRY_OF_OTHER_ARTIFACT,
      a -> a.logged(e -> at(e, "/spec/data/hash").put("value", "ab".repeat(32)))),
  LOG_HAS_ANOTHER_SIGNATURE(
      Code.LOG_ENTRY_OF_OTHER_SIGNATURE,
      a -> a.logged(e -> at(e, "/spec/signature").put("content", "AAAA"))),
  BUNDLE_HAS_ANOTHER_SIGNATURE(
      Code.LOG_ENTRY_OF_OTHER_SIGNATURE,
      a ->
          a.bundle(
              b -> b.put("base64Signature", flipped(b.get("base64Signature").asString(), -1)))),
  LOG_HAS_ANOTHER_CERTIFICATE(
      Code.LOG_ENTRY_OF_OTHER_CERTIFICATE,
      a -> a.logged(e -> at(e, "/spec/signature/publicKey").put("content", Another.CERTIFICATE))),
  BUNDLE_HAS_ANOTHER_CERTIFICATE(
      Code.LOG_ENTRY_OF_OTHER_CERTIFICATE, a -> a.bundle(b -> b.put("cert", Another.CERTIFICATE))),

  // The signer's certificate
  CERTIFICATE_IS_NONE(
      Code.CERTIFICATE_MALFORMED, a -> a.certificate(c -> c.extension(critical("1.2.3.4")))),
  CERTIFICATE_HAS_CRITICAL_NAME_CONSTRAINTS(
      Code.CERTIFICATE_MALFORMED, a -> a.certificate(c -> c.extension(critical("2.5.29.30")))),
  LOGGED_A_SECOND_BEFORE_THE_CERTIFICATE_HELD(
      Code.CERTIFICATE_NOT_VALID_THEN,
      a -> a.signing(s -> s.integratedTime(SIGNED.minusSeconds(1)))),
  LOGGED_A_SECOND_AFTER_THE_CERTIFICATE_EXPIRED(
      Code.CERTIFICATE_NOT_VALID_THEN,
      a -> a.signing(s -> s.integratedTime(SIGNED.plusSeconds(601)))),
  SIGNER_IS_AN_AUTHORITY(
      Code.CERTIFICATE_NOT_FOR_SIGNING,
      a ->
          a.certificate(
              c -> c.authority(0).keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign))),
  KEY_USAGE_IS_ANOTHER(
      Code.CERTIFICATE_NOT_FOR_SIGNING, a -> a.certificate(c -> c.keyUsage(KeyUsage.keyAgreement))),
  KEY_USAGE_IS_MISSING(
      Code.CERTIFICATE_NOT_FOR_SIGNING, a -> a.certificate(c -> c.without("2.5.29.15"))),
  PURPOSE_IS_ANOTHER(
      Code.CERTIFICATE_NOT_FOR_SIGNING,
      a -> a.certificate(c -> c.purpose(KeyPurposeId.id_kp_serverAuth, false))),
  PURPOSE_IS_ANYTHING(
      Code.CERTIFICATE_NOT_FOR_SIGNING,
      a -> a.certificate(c -> c.purpose(KeyPurposeId.anyExtendedKeyUsage, false))),
  PURPOSES_ARE_TWO(
      Code.CERTIFICATE_NOT_FOR_SIGNING,
      a ->
          a.certificate(c ->
              c.extension(
                  extension(
                      "2.5.29.37",
                      new ExtendedKeyUsage(
                          new KeyPurposeId[] {
                            KeyPurposeId.id_kp_codeSigning, KeyPurposeId.id_kp_timeStamping
                          }))))),
  PURPOSE_IS_MISSING(
      Code.CERTIFICATE_NOT_FOR_SIGNING, a -> a.certificate(c -> c.without("2.5.29.37"))),

  // Who issued it
  ISSUED_BY_ANOTHER_SERVICE(
      Code.AUTHORITY_UNKNOWN,
      a -> a.signing(s -> s.certificateBehindTheLog(c -> c.issuedBy(OTHER)))),
  TRUST_ROOT_HAS_NO_AUTHORITY(
      Code.AUTHORITY_UNKNOWN, a -> a.root(r -> r.putArray("certificateAuthorities"))),
  SIGNATURE_OF_THE_AUTHORITY_IS_SPOILED(
      Code.AUTHORITY_UNKNOWN, a -> a.certificate(c -> c.signature(SpoiledSignature::lastBit))),
  SIGNED_BY_THE_ROOT_IN_THE_NAME_OF_THE_INTERMEDIATE(
      Code.AUTHORITY_UNKNOWN, a -> a.root(r -> certificates(r).remove(0))),
  AUTHORITY_HAS_A_KEY_OF_ANOTHER_KIND(
      Code.AUTHORITY_UNKNOWN,
      a ->
          a.root(r -> {
            ObjectNode first = at(r, "/certificateAuthorities/0/certChain/certificates/0");
            first.put("rawBytes", withAnotherCurve(first.get("rawBytes").asString()));
          })),
  AUTHORITY_BEGAN_A_SECOND_LATER(
      Code.AUTHORITY_NOT_VALID_THEN,
      a ->
          a.root(
              r -> validFor(r, "/certificateAuthorities/0").put("start", "2026-09-26T13:57:06Z"))),
  AUTHORITY_ENDED_A_SECOND_EARLIER(
      Code.AUTHORITY_NOT_VALID_THEN,
      a ->
          a.root(r -> validFor(r, "/certificateAuthorities/0").put("end", "2026-09-26T13:57:04Z"))),
  INTERMEDIATE_HAD_EXPIRED(
      Code.AUTHORITY_NOT_VALID_THEN,
      a -> a.authorities(r -> {}, i -> i.validity(SIGNED.minusSeconds(9), SIGNED))),
  ROOT_HAD_EXPIRED(
      Code.AUTHORITY_NOT_VALID_THEN,
      a -> a.authorities(r -> r.validity(SIGNED.minusSeconds(9), SIGNED), i -> {})),
  ROOT_IS_OF_LATER(
      Code.AUTHORITY_NOT_VALID_THEN,
      a -> a.authorities(r -> r.validity(SIGNED.plusSeconds(2), SIGNED.plusSeconds(900)), i -> {})),
  INTERMEDIATE_IS_NO_AUTHORITY(
      Code.AUTHORITY_UNFIT,
      a ->
          a.authorities(
              r -> {}, i -> i.extension(extension("2.5.29.19", new BasicConstraints(false))))),
  INTERMEDIATE_HAS_NO_BASIC_CONSTRAINTS(
      Code.AUTHORITY_UNFIT, a -> a.authorities(r -> {}, i -> i.without("2.5.29.19"))),
  INTERMEDIATE_MAY_NOT_SIGN_CERTIFICATES(
      Code.AUTHORITY_UNFIT, a -> a.authorities(r -> {}, i -> i.keyUsage(KeyUsage.cRLSign))),
  INTERMEDIATE_HAS_NO_KEY_USAGE(
      Code.AUTHORITY_UNFIT, a -> a.authorities(r -> {}, i -> i.without("2.5.29.15"))),
  INTERMEDIATE_IS_FOR_ANOTHER_PURPOSE(
      Code.AUTHORITY_UNFIT,
      a -> a.authorities(r -> {}, i -> i.purpose(KeyPurposeId.id_kp_timeStamping, false))),
  INTERMEDIATE_WAS_NOT_ISSUED_BY_THE_ROOT(
      Code.AUTHORITY_UNFIT,
      a -> a.authorities(r -> {}, i -> i.signature(SpoiledSignature::lastBit))),
  ROOT_ALLOWS_NO_INTERMEDIATE(
      Code.AUTHORITY_UNFIT, a -> a.authorities(r -> r.authority(0), i -> {})),
  ROOT_IS_NO_AUTHORITY(
      Code.AUTHORITY_UNFIT,
      a ->
          a.authorities(
              r -> r.extension(extension("2.5.29.19", new BasicConstraints(false))), i -> {})),

  // Its publication
  TIMESTAMP_IS_MISSING(Code.SCT_MISSING, a -> a.signing(s -> s.withoutCertificateTimestamp())),
  TIMESTAMP_IS_OF_ANOTHER_SERVICE(
      Code.SCT_LOG_UNKNOWN, a -> a.signing(s -> s.certificateLogOf(OTHER))),
  TRUST_ROOT_HAS_NO_CERTIFICATE_LOG(Code.SCT_LOG_UNKNOWN, a -> a.root(r -> r.putArray("ctlogs"))),
  CERTIFICATE_LOG_BEGAN_A_SECOND_LATER(
      Code.SCT_LOG_KEY_NOT_VALID_THEN,
      a -> a.root(r -> validFor(r, "/ctlogs/0/publicKey").put("start", "2026-09-26T13:57:06Z"))),
  CERTIFICATE_LOG_ENDED_A_SECOND_EARLIER(
      Code.SCT_LOG_KEY_NOT_VALID_THEN,
      a -> a.root(r -> validFor(r, "/ctlogs/0/publicKey").put("end", "2026-09-26T13:57:04Z"))),
  TIMESTAMP_IS_FOR_ANOTHER_CERTIFICATE(
      Code.SCT_WRONG,
      a -> a.signing(s -> s.certificateBehindTheLog(c -> c.claim(4, "Release mero-kms!")))),
  TIMESTAMP_IS_SPOILED(
      Code.SCT_WRONG, a -> a.signing(s -> s.certificateTimestamp(SpoiledSignature::lastBit))),
  TIMESTAMP_IS_OF_ANOTHER_VERSION(
      Code.SCT_WRONG, a -> a.signing(s -> s.certificateTimestamp(bit(0)))),
  TIMESTAMP_SAYS_ANOTHER_TIME(Code.SCT_WRONG, a -> a.signing(s -> s.certificateTimestamp(bit(40)))),
  TIMESTAMP_SAYS_ANOTHER_HASH(Code.SCT_WRONG, a -> a.signing(s -> s.certificateTimestamp(bit(43)))),
  TIMESTAMP_SAYS_ANOTHER_ALGORITHM(
      Code.SCT_WRONG, a -> a.signing(s -> s.certificateTimestamp(bit(44)))),
  TIMESTAMP_ENDS_TOO_EARLY(
      Code.SCT_WRONG,
      a -> a.signing(s -> s.certificateTimestamp(t -> Arrays.copyOf(t, t.length - 1)))),
  TIMESTAMP_HAS_MORE_AT_ITS_END(
      Code.SCT_WRONG,
      a -> a.signing(s -> s.certificateTimestamp(t -> Arrays.copyOf(t, t.length + 1)))),

  // What it says
  ISSUER_IS_ANOTHER(
      Code.OTHER_ISSUER, a -> a.signedBy(WORKFLOW.withIssuer("https://accounts.example"))),
  ISSUER_IS_MISSING(Code.OTHER_ISSUER, a -> a.certificate(c -> c.withoutClaim(1).withoutClaim(8))),
  ISSUERS_ARE_TWO(
      Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(1, "https://accounts.example"))),
  ISSUERS_ARE_TWO_THE_OTHER_WAY_ROUND(
      Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(8, "https://accounts.example"))),
  REPOSITORY_IS_ANOTHER(
      Code.OTHER_REPOSITORY, a -> a.signedBy(WORKFLOW.withRepository("else/mero-tee", "7"))),
  REPOSITORIES_ARE_TWO(Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(5, "else/mero-tee"))),
  REPOSITORY_IS_ON_ANOTHER_HOST(
      Code.OTHER_REPOSITORY,
      a ->
          a.certificate(
              c -> c.withoutClaim(5).claim(12, "https://git.example/calimero-network/mero-tee"))),
  REPOSITORY_IS_A_NAMESAKE(
      Code.OTHER_REPOSITORY_ID,
      a -> a.signedBy(WORKFLOW.withRepository("calimero-network/mero-tee", "7"))),
  WORKFLOW_IS_ANOTHER(
      Code.OTHER_WORKFLOW, a -> a.signedBy(WORKFLOW.withWorkflow("test.yaml", "Test"))),
  WORKFLOW_HAS_NO_NAME(Code.OTHER_WORKFLOW, a -> a.certificate(c -> c.withoutClaim(4))),
  REF_IS_ANOTHER(Code.OTHER_REF, a -> a.signedBy(WORKFLOW.withRef("refs/heads/feature"))),
  REFS_ARE_TWO(Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(14, "refs/heads/feature"))),
  TRIGGER_IS_ANOTHER(Code.OTHER_TRIGGER, a -> a.signedBy(WORKFLOW.withTrigger("pull_request"))),
  TRIGGERS_ARE_TWO(Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(20, "schedule"))),
  TRIGGER_IS_MISSING(
      Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.withoutClaim(2).withoutClaim(20))),
  COMMITS_ARE_TWO(Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(13, "ab".repeat(20)))),
  COMMIT_IS_MISSING(
      Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.withoutClaim(3).withoutClaim(13))),
  IDENTITY_IS_ANOTHER(
      Code.OTHER_IDENTITY,
      a -> a.signedBy(WORKFLOW.withWorkflow("release-other.yaml", WORKFLOW.name()))),
  IDENTITY_BEGINS_LIKE_THE_EXPECTED_ONE(
      Code.OTHER_IDENTITY, a -> a.certificate(c -> c.identity(WORKFLOW.uri() + "2"))),
  IDENTITY_IS_AN_EMAIL_ADDRESS(
      Code.OTHER_IDENTITY,
      a -> a.certificate(c -> c.extension(names(name(GeneralName.rfc822Name, WORKFLOW.uri()))))),
  IDENTITY_IS_A_HOST(
      Code.OTHER_IDENTITY,
      a -> a.certificate(c -> c.extension(names(name(GeneralName.dNSName, "github.com"))))),
  IDENTITIES_ARE_TWO(
      Code.CLAIMS_MALFORMED,
      a ->
          a.certificate(c ->
              c.extension(
                  names(
                      name(GeneralName.uniformResourceIdentifier, WORKFLOW.uri()),
                      name(GeneralName.uniformResourceIdentifier, "https://a.example"))))),
  IDENTITY_IS_MISSING(Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.without("2.5.29.17"))),
  CLAIM_HAS_A_LINE_BREAK(
      Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(4, "Release mero-kms\n"))),
  CLAIM_IS_EMPTY(Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(4, ""))),
  CLAIM_IS_HUGE(Code.CLAIMS_MALFORMED, a -> a.certificate(c -> c.claim(4, "x".repeat(1025)))),
  CLAIM_IS_NOT_UTF8(
      Code.CLAIMS_MALFORMED,
      a ->
          a.certificate(c ->
              c.extension(
                  new Extension(
                      new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.4"),
                      false,
                      new byte[] {(byte) 0xc3, 0x28})))),
  CLAIM_OF_THE_NEWER_FORM_IS_BARE(
      Code.CLAIMS_MALFORMED,
      a ->
          a.certificate(c ->
              c.extension(
                  new Extension(
                      new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.15"),
                      false,
                      "1171521817".getBytes(UTF_8))))),

  // The signature itself
  SIGNATURE_IS_SPOILED(
      Code.SIGNATURE_WRONG, a -> a.signing(s -> s.signature(SpoiledSignature::lastBit))),
  SIGNATURE_IS_NO_DER(
      Code.SIGNATURE_WRONG, a -> a.signing(s -> s.signature(proper -> new byte[64]))),
  SIGNATURE_HAS_MORE_AT_ITS_END(
      Code.SIGNATURE_WRONG,
      a -> a.signing(s -> s.signature(proper -> Arrays.copyOf(proper, proper.length + 1))));

  private final Code code;
  private final UnaryOperator<Attempt> spoil;

  SpoiledSignature(Code code, UnaryOperator<Attempt> spoil) {
    this.code = code;
    this.spoil = spoil;
  }

  Code code() {
    return code;
  }

  Attempt attempt() {
    return spoil.apply(new Attempt());
  }

  /** The certificate of another signature, as bundles have it. */
  private static final class Another {
    static final String CERTIFICATE =
        Base64.getEncoder().encodeToString(OTHER.sign(Attempt.ARTIFACT, WORKFLOW, SIGNED).pem());
  }

  private static ObjectNode rekor(ObjectNode bundle) {
    return at(bundle, "/rekorBundle");
  }

  private static ObjectNode payload(ObjectNode bundle) {
    return at(bundle, "/rekorBundle/Payload");
  }

  private static ObjectNode validFor(ObjectNode root, String owner) {
    return at(root, owner + "/validFor");
  }

  private static ArrayNode certificates(ObjectNode root) {
    return (ArrayNode) root.at("/certificateAuthorities/0/certChain/certificates");
  }

  private static String withAnotherCurve(String certificate) {
    HexFormat hex = HexFormat.of();
    String der = hex.formatHex(Base64.getDecoder().decode(certificate));
    return Base64.getEncoder()
        .encodeToString(hex.parseHex(der.replace("2a8648ce3d030107", "2a8648ce3d030106")));
  }

  private static byte[] lastBit(byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[changed.length - 1] ^= 1;
    return changed;
  }

  private static UnaryOperator<byte[]> bit(int index) {
    return bytes -> {
      byte[] changed = bytes.clone();
      changed[index] ^= 1;
      return changed;
    };
  }

  private static Extension critical(String oid) {
    return new Extension(new ASN1ObjectIdentifier(oid), true, new byte[] {5, 0});
  }

  private static Extension extension(String oid, ASN1Encodable value) {
    return Der.extension(new ASN1ObjectIdentifier(oid), true, value);
  }

  private static Extension names(GeneralName... names) {
    return extension("2.5.29.17", new GeneralNames(names));
  }

  private static GeneralName name(int tag, String text) {
    return new GeneralName(tag, text);
  }
}
