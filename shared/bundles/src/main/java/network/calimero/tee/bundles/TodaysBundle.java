package network.calimero.tee.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.rekor.client.RekorEntry;
import java.io.StringReader;
import java.security.cert.X509Certificate;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.PlainText;
import network.calimero.tee.json.StrictJson;
import network.calimero.tee.sigstore.SignatureRefusedException;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bundle of the form {@code application/vnd.dev.sigstore.bundle…}, versions 0.1 to 0.3, read.
 * Nothing in it is proven.
 *
 * @param library as sigstore-java reads it
 * @param entry its one log entry
 * @param certificate the signer's
 */
record TodaysBundle(Bundle library, RekorEntry entry, X509Certificate certificate) {
  /** Ten times what a bundle with a statement and its proofs has. */
  static final int MAX_SIZE = 1 << 20;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 32;
  private static final int MAX_TIMESTAMPS = 8;
  private static final int MAX_TEXT = 300;
  private static final Pattern LONG_NUMBER =
      Pattern.compile("[-+0-9.eE]{%d,}".formatted(MAX_NUMBER + 1));
  private static final JsonMapper JSON = StrictJson.mapper(MAX_DEPTH, MAX_SIZE, MAX_NUMBER);

  static TodaysBundle parse(Bytes json) throws SignatureRefusedException {
    if (json.length() > MAX_SIZE) {
      throw malformed("the bundle is too long", json.length() + " bytes", MAX_SIZE + " at most");
    }
    String text = new String(json.toArray(), UTF_8);
    try {
      requireNumbersOfSomeSize(JSON.readTree(text)); // which refuses the same name twice, too
      return of(Bundle.from(new StringReader(text)));
    } catch (JacksonException e) {
      throw malformed("the bundle is no JSON: " + StrictJson.why(e), "", "");
    } catch (BundleParseException | RuntimeException e) {
      String why = PlainText.bounded(String.valueOf(e.getMessage()), MAX_TEXT);
      throw malformed("the bundle cannot be read: " + why, "", "");
    }
  }

  /**
   * Protocol buffers have long numbers as texts, and take a time for one that grows with its
   * square.
   */
  private static void requireNumbersOfSomeSize(JsonNode node) throws SignatureRefusedException {
    if (node.isString() && LONG_NUMBER.matcher(node.stringValue()).matches()) {
      throw malformed(
          "the bundle has a number that is too long",
          node.stringValue().length() + " digits",
          MAX_NUMBER + " at most");
    }
    for (JsonNode part : node) {
      requireNumbersOfSomeSize(part);
    }
  }

  /**
   * The library looks at the first log entry only, and is content with a time in any of them: a
   * second one could lend the first a time that nobody vouches for.
   */
  private static TodaysBundle of(Bundle bundle) throws SignatureRefusedException {
    int entries = bundle.getEntries().size();
    if (entries != 1) {
      throw malformed("the bundle has not exactly one log entry", String.valueOf(entries), "1");
    }
    int timestamps = bundle.getTimestamps().size();
    if (timestamps > MAX_TIMESTAMPS) {
      throw malformed(
          "the bundle has too many timestamps",
          String.valueOf(timestamps),
          MAX_TIMESTAMPS + " at most");
    }
    var certificates = bundle.getCertPath().getCertificates();
    if (certificates.isEmpty()
        || !(certificates.getFirst() instanceof X509Certificate certificate)) {
      throw malformed("the bundle has no certificate", "", "");
    }
    return new TodaysBundle(bundle, bundle.getEntries().getFirst(), certificate);
  }

  /** Whether the log promised to take the entry in, and so vouches for its time. */
  boolean hasPromise() {
    String promise = entry.getVerification().getSignedEntryTimestamp();
    return promise != null && !promise.isEmpty();
  }

  /** The entry's number: over all shards only where the log signed it, else that of the proof. */
  long vouchedLogIndex() {
    RekorEntry.InclusionProof proof = entry.getVerification().getInclusionProof();
    return hasPromise() || proof == null ? entry.getLogIndex() : proof.getLogIndex();
  }

  /** The one signature, as sent. */
  Bytes signature() {
    byte[] signature =
        library
            .getMessageSignature()
            .map(Bundle.MessageSignature::getSignature)
            .or(() -> library.getDsseEnvelope().map(Bundle.DsseEnvelope::getSignature))
            .orElseThrow();
    return Bytes.of(signature);
  }

  /** Whether what is signed is a statement that names the file, not the file. */
  boolean isStatement() {
    return library.getDsseEnvelope().isPresent();
  }

  private static SignatureRefusedException malformed(String reason, String found, String expected) {
    return new SignatureRefusedException(Code.TODAYS_BUNDLE_MALFORMED, reason, found, expected);
  }
}
