package network.calimero.tee.sigstore;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.x509.RawCertificate;

/**
 * Whom to believe: the certificate authorities of Fulcio, the logs of certificates, and the
 * transparency logs, each with the time in which it may be believed. Read from Sigstore's {@code
 * trusted_root.json}. What it says of authorities of time stamps is not read: nothing here uses
 * them.
 */
public final class TrustedRoot {
  /** The most that a trusted root may have, in bytes; the public one has 7,000. */
  public static final int MAX_SIZE = 1024 * 1024;

  private static final Set<String> MEDIA_TYPES =
      Set.of(
          "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
          "application/vnd.dev.sigstore.trustedroot+json;version=0.2",
          "application/vnd.dev.sigstore.trustedroot.v0.1+json",
          "application/vnd.dev.sigstore.trustedroot.v0.2+json");
  private static final String PUBLIC_GOOD = "public-good-trusted-root.json";
  private static final int MAX_ENTRIES = 100;
  private static final int MAX_CHAIN = 8;
  private static final int MAX_KEY = 4 * 1024;

  /**
   * A certificate authority of Fulcio.
   *
   * @param chain its certificates: first the one that signs those of signers, last the root
   */
  record Authority(List<RawCertificate> chain, Period validFor) {

    /** Whether it was to be trusted then, and all its certificates held. */
    boolean validAt(Instant time) {
      return validFor.contains(time)
          && chain.stream().allMatch(certificate -> Period.of(certificate).contains(time));
    }

    /** When that was, for people. */
    String spans() {
      return "%s, and its certificates from %s"
          .formatted(
              validFor,
              String.join(" and ", chain.stream().map(c -> Period.of(c).toString()).toList()));
    }
  }

  /**
   * A log and its key.
   *
   * @param id SHA-256 over the key, 32 bytes: how entries and SCTs name it
   * @param key its DER as SubjectPublicKeyInfo, of any kind
   */
  record Log(Bytes id, Bytes key, Period validFor) {

    /** Whether that message is signed with this log's key, if the key is of a kind known here. */
    boolean signs(Bytes message, Bytes signature) {
      try {
        return EcKey.parse(key).verifies(message, signature);
      } catch (MalformedException e) {
        return false;
      }
    }
  }

  /** Those entries of one log, or none, of which the first valid at a time counts. */
  record Spans(List<Log> logs) {

    boolean areNone() {
      return logs.isEmpty();
    }

    Optional<Log> at(Instant time) {
      return logs.stream().filter(log -> log.validFor().contains(time)).findFirst();
    }

    @Override
    public String toString() {
      return String.join(" or ", logs.stream().map(log -> log.validFor().toString()).toList());
    }
  }

  /** A span of time, both ends included; without an end where there is none yet. */
  record Period(Instant start, Optional<Instant> end) {

    static Period of(RawCertificate certificate) {
      return new Period(certificate.notBefore(), Optional.of(certificate.notAfter()));
    }

    boolean contains(Instant time) {
      return !time.isBefore(start) && end.filter(time::isAfter).isEmpty();
    }

    @Override
    public String toString() {
      return start + " to " + end.map(Instant::toString).orElse("now");
    }
  }

  private final List<Authority> authorities;
  private final List<Log> certificateLogs;
  private final List<Log> transparencyLogs;

  private TrustedRoot(JsonFields root) throws MalformedException {
    List<Authority> all = new ArrayList<>();
    for (JsonFields authority : root.objects("certificateAuthorities", MAX_ENTRIES)) {
      all.add(authority(authority));
    }
    authorities = List.copyOf(all);
    certificateLogs = logs(root, "ctlogs");
    transparencyLogs = logs(root, "tlogs");
  }

  /**
   * Reads a {@code trusted_root.json}. Empty lists are read too: then nothing verifies.
   *
   * @throws MalformedException if it is none, or too long
   */
  public static TrustedRoot parse(Bytes json) throws MalformedException {
    JsonFields root = JsonFields.parse(json, MAX_SIZE);
    if (!MEDIA_TYPES.contains(root.text("mediaType"))) {
      throw new MalformedException("\"mediaType\" is not that of a trusted root");
    }
    return new TrustedRoot(root);
  }

  /** The root of Sigstore's public infrastructure, as it was when this was built. */
  public static TrustedRoot publicGood() {
    try {
      return parse(publicGoodJson());
    } catch (MalformedException e) {
      throw new IllegalStateException("the trusted root in this program cannot be read", e);
    }
  }

  /** The same as the JSON that it is read from, for other readers. */
  public static Bytes publicGoodJson() {
    try (InputStream resource = TrustedRoot.class.getResourceAsStream(PUBLIC_GOOD)) {
      return Bytes.of(Objects.requireNonNull(resource).readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the trusted root in this program cannot be read", e);
    }
  }

  private static Authority authority(JsonFields authority) throws MalformedException {
    List<RawCertificate> chain = new ArrayList<>();
    for (JsonFields certificate :
        authority.object("certChain").objects("certificates", MAX_CHAIN)) {
      chain.add(SignerCertificate.parse(certificate.base64("rawBytes", RawCertificate.MAX_SIZE)));
    }
    if (chain.isEmpty()) {
      throw new MalformedException("an authority without certificates");
    }
    return new Authority(List.copyOf(chain), period(authority));
  }

  private static List<Log> logs(JsonFields root, String name) throws MalformedException {
    List<Log> logs = new ArrayList<>();
    for (JsonFields log : root.objects(name, MAX_ENTRIES)) {
      JsonFields key = log.object("publicKey");
      Bytes info = key.base64("rawBytes", MAX_KEY);
      logs.add(new Log(Sha256.of(info), info, period(key)));
    }
    return List.copyOf(logs);
  }

  private static Period period(JsonFields owner) throws MalformedException {
    JsonFields validFor = owner.object("validFor");
    Optional<String> end = validFor.optionalText("end");
    return new Period(
        time(validFor.text("start")),
        end.isPresent() ? Optional.of(time(end.get())) : Optional.empty());
  }

  private static Instant time(String text) throws MalformedException {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new MalformedException("a time that is not like 2026-01-31T23:59:59Z");
    }
  }

  /** The authorities of Fulcio. */
  List<Authority> authorities() {
    return authorities;
  }

  /** The log of certificates of that ID. */
  Spans certificateLog(Bytes id) {
    return spans(certificateLogs, id);
  }

  /** The transparency log of that ID. */
  Spans transparencyLog(Bytes id) {
    return spans(transparencyLogs, id);
  }

  private static Spans spans(List<Log> logs, Bytes id) {
    return new Spans(logs.stream().filter(log -> log.id().equals(id)).toList());
  }
}
