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
   * @param chain DER of its certificates: first the one that signs leaves, last the root
   */
  record Authority(List<Bytes> chain, Period validFor) {}

  /**
   * A log and its key.
   *
   * @param id SHA-256 over the key, 32 bytes: how entries and SCTs name it
   * @param key its DER as SubjectPublicKeyInfo, of any kind
   */
  record Log(Bytes id, Bytes key, Period validFor) {}

  /** A span of time, both ends included; without an end where there is none yet. */
  record Period(Instant start, Optional<Instant> end) {

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

  private TrustedRoot(Fields root) throws MalformedException {
    authorities = new ArrayList<>();
    for (Fields authority : root.objects("certificateAuthorities", MAX_ENTRIES)) {
      authorities.add(authority(authority));
    }
    certificateLogs = logs(root, "ctlogs");
    transparencyLogs = logs(root, "tlogs");
  }

  /**
   * Reads a {@code trusted_root.json}. Empty lists are read too: then nothing verifies.
   *
   * @throws MalformedException if it is none, or too long
   */
  public static TrustedRoot parse(Bytes json) throws MalformedException {
    Fields root = Fields.parse(json, MAX_SIZE);
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

  private static Authority authority(Fields authority) throws MalformedException {
    List<Bytes> chain = new ArrayList<>();
    for (Fields certificate : authority.object("certChain").objects("certificates", MAX_CHAIN)) {
      chain.add(certificate.base64("rawBytes", CertificateText.MAX_SIZE));
    }
    if (chain.isEmpty()) {
      throw new MalformedException("an authority without certificates");
    }
    return new Authority(List.copyOf(chain), period(authority));
  }

  private static List<Log> logs(Fields root, String name) throws MalformedException {
    List<Log> logs = new ArrayList<>();
    for (Fields log : root.objects(name, MAX_ENTRIES)) {
      Fields key = log.object("publicKey");
      Bytes info = key.base64("rawBytes", MAX_KEY);
      logs.add(new Log(Sha256.of(info), info, period(key)));
    }
    return List.copyOf(logs);
  }

  private static Period period(Fields owner) throws MalformedException {
    Fields validFor = owner.object("validFor");
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
    return List.copyOf(authorities);
  }

  /** The logs of certificates that have that ID: one, or several spans of its time. */
  List<Log> certificateLogs(Bytes id) {
    return certificateLogs.stream().filter(log -> log.id().equals(id)).toList();
  }

  /** The transparency logs that have that ID: one, or several spans of its time. */
  List<Log> transparencyLogs(Bytes id) {
    return transparencyLogs.stream().filter(log -> log.id().equals(id)).toList();
  }
}
