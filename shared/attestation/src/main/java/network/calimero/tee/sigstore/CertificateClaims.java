package network.calimero.tee.sigstore;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.x509.RawCertificate;

/**
 * What a signer's certificate says of its holder, in the extensions 1.3.6.1.4.1.57264.1.N of Fulcio
 * and in its subject alternative name. A claim that is there in the older and in the newer form
 * must say the same in both.
 *
 * @param identity the one name, if it is a URI
 * @param name the one name, of any kind, for people
 */
record CertificateClaims(
    Optional<String> issuer,
    Optional<String> trigger,
    Optional<String> commit,
    Optional<String> workflowName,
    Optional<String> repository,
    Optional<String> repositoryId,
    Optional<String> ref,
    Optional<String> identity,
    String name) {
  private static final String CLAIM = "2b0601040183bf3001";
  private static final String GITHUB = "https://github.com/";
  private static final int UTF8_STRING = 0x0c;
  private static final int EMAIL = 0x81;
  private static final int URI = 0x86;
  private static final int MAX_TEXT = 1024;

  /** Reads them all. */
  static CertificateClaims read(RawCertificate certificate) throws MalformedException {
    Der.Element name = name(certificate);
    String text = text(name.content(), "subject alternative name");
    return new CertificateClaims(
        agreed(bare(certificate, 1), der(certificate, 8), "issuer"),
        agreed(bare(certificate, 2), der(certificate, 20), "trigger"),
        agreed(bare(certificate, 3), der(certificate, 13), "commit"),
        bare(certificate, 4),
        agreed(
            bare(certificate, 5),
            der(certificate, 12).map(CertificateClaims::withoutHost),
            "repository"),
        der(certificate, 15),
        agreed(bare(certificate, 6), der(certificate, 14), "ref"),
        name.tag() == URI ? Optional.of(text) : Optional.empty(),
        name.tag() == URI || name.tag() == EMAIL ? text : "a name of another kind");
  }

  /** The one name that there must be (RFC 5280, 4.2.1.6). */
  private static Der.Element name(RawCertificate certificate) throws MalformedException {
    Bytes value =
        certificate
            .extensions()
            .value(FulcioExtensions.SUBJECT_ALTERNATIVE_NAME)
            .orElseThrow(() -> new MalformedException("no subject alternative name"));
    Der names = Der.only(value, Der.SEQUENCE).reader();
    Der.Element name = names.next();
    if (names.hasNext()) {
      throw new MalformedException("more than one subject alternative name");
    }
    return name;
  }

  /** A claim of the older form: the text alone. */
  private static Optional<String> bare(RawCertificate certificate, int number)
      throws MalformedException {
    Optional<Bytes> value = value(certificate, number);
    return value.isPresent() ? Optional.of(text(value.get(), "claim " + number)) : Optional.empty();
  }

  /** A claim of the newer form: a UTF8String. */
  private static Optional<String> der(RawCertificate certificate, int number)
      throws MalformedException {
    Optional<Bytes> value = value(certificate, number);
    return value.isPresent()
        ? Optional.of(text(Der.only(value.get(), UTF8_STRING).content(), "claim " + number))
        : Optional.empty();
  }

  private static Optional<Bytes> value(RawCertificate certificate, int number) {
    return certificate.extensions().value(CLAIM + "%02x".formatted(number));
  }

  private static String text(Bytes bytes, String what) throws MalformedException {
    if (bytes.isEmpty() || bytes.length() > MAX_TEXT) {
      throw new MalformedException("%s of %d bytes".formatted(what, bytes.length()));
    }
    String text = new String(bytes.toArray(), StandardCharsets.UTF_8);
    boolean plain = PlainText.bounded(text, MAX_TEXT).equals(text);
    if (!plain || !Bytes.of(text.getBytes(StandardCharsets.UTF_8)).equals(bytes)) {
      throw new MalformedException(what + " is not a line of UTF-8");
    }
    return text;
  }

  private static String withoutHost(String url) {
    return url.startsWith(GITHUB) ? url.substring(GITHUB.length()) : url;
  }

  private static Optional<String> agreed(
      Optional<String> older, Optional<String> newer, String what) throws MalformedException {
    if (older.isPresent() && newer.isPresent() && !older.equals(newer)) {
      throw new MalformedException(
          "its %s is \"%s\" and also \"%s\"".formatted(what, older.get(), newer.get()));
    }
    return older.or(() -> newer);
  }

  /** Who that is, in a few words, for people. */
  String who() {
    StringJoiner details = new StringJoiner(", ", " (", ")").setEmptyValue("");
    workflowName.ifPresent(text -> details.add("workflow \"" + text + "\""));
    trigger.ifPresent(text -> details.add("started by " + text));
    repository.ifPresent(text -> details.add("repository " + text));
    repositoryId.ifPresent(text -> details.add("number " + text));
    ref.ifPresent(text -> details.add(text));
    issuer.ifPresent(text -> details.add("says " + text));
    return name + details;
  }
}
