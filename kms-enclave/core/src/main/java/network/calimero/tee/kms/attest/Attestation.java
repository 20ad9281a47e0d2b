package network.calimero.tee.kms.attest;

import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.WorkGate;
import network.calimero.tee.kms.keys.KeyDerivationException;
import network.calimero.tee.kms.keys.ServiceKeys;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.seal.Bindings;
import network.calimero.tee.seal.X25519PublicKey;

/**
 * Answers {@code /attest}: lets a caller see what this key server is (kms-protocol.md, POST
 * /attest). Safe for use by several threads.
 */
public final class Attestation {
  private static final int HALF_SIZE = 32;

  /** Nothing that a quote could vouch for hashes to these. */
  private static final Set<Bytes> OWN_BINDINGS =
      Set.of(Bindings.ATTEST_DSTACK, Bindings.ATTEST_CLUSTER);

  private final QuoteSource source;
  private final ServiceKeys serviceKeys;
  private final WorkGate gate;
  private final boolean anyBinding;

  /**
   * Hands out quotes of a platform.
   *
   * @param serviceKeys have the transport key that callers may ask to be named
   * @param gate bounds how many quotes are asked for at a time, so that strangers who ask for
   *     quotes do not keep the platform from deriving keys
   * @param anyBinding whether callers choose all of the report data of quotes that name no
   *     transport key. They then have this key server vouch for whatever they like: for a transport
   *     key of theirs towards nodes, and towards replicas for a key to seal the root to
   */
  public Attestation(
      QuoteSource source, ServiceKeys serviceKeys, WorkGate gate, boolean anyBinding) {
    this.source = source;
    this.serviceKeys = serviceKeys;
    this.gate = gate;
    this.anyBinding = anyBinding;
  }

  /**
   * A quote over the caller's nonce.
   *
   * @throws KmsException {@code invalid_attestation_request}, {@code
   *     attestation_verification_failed} if the platform gives no quote or one over other data, or
   *     {@code key_derivation_failed} if it gives no transport key
   */
  public AttestAnswer attest(AttestRequest request) throws KmsException {
    Bytes nonce = half("nonceB64", request.nonceB64());
    Bytes binding = binding(request.bindingB64());
    if (!request.transportKey()) {
      requireHarmless(binding);
    }
    Optional<X25519PublicKey> transportKey =
        request.transportKey() ? Optional.of(transportKey()) : Optional.empty();
    Bytes bound =
        transportKey.map(key -> Bindings.attestTransportKey(binding, key)).orElse(binding);
    ReportData reportData = ReportData.of(nonce, bound);
    PlatformQuote quote = quote(reportData);
    Optional<Bytes> ccel = request.eventLog() ? ccel() : Optional.empty();
    return new AttestAnswer(quote, reportData, transportKey, ccel);
  }

  private Bytes binding(Optional<String> base64) throws KmsException {
    return base64.isPresent() ? half("bindingB64", base64.get()) : source.defaultBinding();
  }

  /** With the transport key the quote has a hash over both, which can stand for nothing else. */
  private void requireHarmless(Bytes binding) throws KmsException {
    if (!anyBinding && !OWN_BINDINGS.contains(binding)) {
      throw new KmsException(
          KmsError.INVALID_ATTESTATION_REQUEST,
          "bindingB64: a quote over 32 bytes of the caller's choice could be passed off as one that"
              + " vouches for another transport key, so this KMS makes none. Leave bindingB64 out,"
              + " or send transportKey: true with it");
    }
  }

  private X25519PublicKey transportKey() throws KmsException {
    try {
      return serviceKeys.transport().publicKey();
    } catch (KeyDerivationException e) {
      throw new KmsException(
          KmsError.KEY_DERIVATION_FAILED,
          "this KMS's platform gave no transport key; the operator's log says why",
          e);
    }
  }

  private Optional<Bytes> ccel() throws KmsException {
    try {
      return source.ccel();
    } catch (QuoteUnavailableException e) {
      throw new KmsException(
          KmsError.ATTESTATION_VERIFICATION_FAILED,
          "this KMS's platform has an event log that cannot be read; the operator's log says why",
          e);
    }
  }

  private static Bytes half(String field, String base64) throws KmsException {
    byte[] bytes;
    try {
      bytes = StrictBase64.decode(base64, HALF_SIZE);
    } catch (IllegalArgumentException e) {
      throw new KmsException(KmsError.INVALID_ATTESTATION_REQUEST, field + ": " + e.getMessage());
    }
    if (bytes.length != HALF_SIZE) {
      throw new KmsException(
          KmsError.INVALID_ATTESTATION_REQUEST,
          "%s: %d bytes, expected %d".formatted(field, bytes.length, HALF_SIZE));
    }
    return Bytes.of(bytes);
  }

  private PlatformQuote quote(ReportData reportData) throws KmsException {
    PlatformQuote given = gate.pass(() -> askPlatform(reportData));
    ReportData found;
    try {
      found = Quote.parse(given.quote()).body().reportData();
    } catch (QuoteFormatException e) {
      throw new KmsException(
          KmsError.ATTESTATION_VERIFICATION_FAILED,
          "this KMS's platform gave something that is not a quote",
          e);
    }
    if (!found.equals(reportData)) {
      throw new KmsException(
          KmsError.ATTESTATION_VERIFICATION_FAILED,
          "this KMS's platform gave a quote over other report_data than asked for");
    }
    return given;
  }

  private PlatformQuote askPlatform(ReportData reportData) throws KmsException {
    try {
      return source.quote(reportData);
    } catch (QuoteUnavailableException e) {
      throw new KmsException(
          KmsError.ATTESTATION_VERIFICATION_FAILED,
          "this KMS's platform gave no quote; the operator's log says why",
          e);
    }
  }
}
