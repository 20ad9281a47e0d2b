package network.calimero.tee.functions.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.verify.Check.Name;

/**
 * What the second half of report data binds a quote to (verifier-api.md; kms-protocol.md,
 * "/attest"; measurements.md, "Node's own API").
 */
final class Bindings {
  static final String PROVISIONING_KEY = "provisioningPublicKeyB64";
  static final String SIGNING_KEY = "signingPublicKeyB64";
  static final String OWNER_KEY = "ownerPublicKeyB64";
  private static final String NODE_KEY = "transportPublicKey";
  private static final String KMS_KEY = "transportPublicKeyB64";

  private static final int SIZE = 32;
  private static final Bytes ZEROS = Bytes.of(new byte[SIZE]);
  private static final String NODE_DOMAIN = "calimero.tee-attest.transport-key.v1";
  private static final String KMS_DOMAIN = "mero-kms/attest-transport-key/v1";
  private static final String AGENT_DOMAIN = "mero-agent-gate/attest/v2";
  private static final List<String> KMS_DEFAULTS =
      List.of("mero-kms-phala-attest-v1", "mero-kms-attest-v1");
  private static final String UNASKED =
      "the key is bound to the quote; whether this host holds it is not known: the form of a"
          + " sealed request that only the holder could answer is not known here";

  private Bindings() {}

  /**
   * Judges the transport key beside a quote. A key that is there has to be the one that the quote
   * is bound to: whoever took it for the machine's would otherwise seal to somebody else.
   *
   * @throws ApiException if it is another machine's, or bound in a way that nobody told
   */
  static Check transportKey(Attestation attestation, VerifyCall call, Checks soFar)
      throws ApiException {
    if (attestation.has(NODE_KEY) && attestation.has(KMS_KEY)) {
      throw refusedKey(soFar, ""); // a quote is bound to one of them at most
    }
    if (attestation.has(NODE_KEY)) {
      return nodeKey(attestation, call.binding(), soFar);
    }
    if (attestation.has(KMS_KEY)) {
      return kmsKey(attestation, call.binding(), soFar);
    }
    return Check.notPossible(
        Name.TRANSPORT_KEY,
        CheckCode.NO_TRANSPORT_KEY.text(),
        "there is no transport key beside the quote: some attested machine made it, and whoever"
            + " gave it may only have passed it on");
  }

  private static Check nodeKey(Attestation attestation, Optional<Bytes> binding, Checks soFar)
      throws ApiException {
    Optional<Bytes> key = attestation.hex(NODE_KEY, SIZE);
    if (!isBoundTo(attestation, NODE_DOMAIN, List.of(binding.orElse(ZEROS)), key)) {
      throw refusedKey(soFar, hint(binding, "an application's hash"));
    }
    return Check.notPossible(Name.TRANSPORT_KEY, CheckCode.SEALED_REQUEST_UNKNOWN.text(), UNASKED);
  }

  private static Check kmsKey(Attestation attestation, Optional<Bytes> binding, Checks soFar)
      throws ApiException {
    List<Bytes> bindings =
        binding.map(List::of).orElseGet(() -> KMS_DEFAULTS.stream().map(Sha256::of).toList());
    if (!isBoundTo(attestation, KMS_DOMAIN, bindings, attestation.base64(KMS_KEY, SIZE))) {
      throw refusedKey(soFar, hint(binding, "a binding"));
    }
    return Check.passed(
        Name.TRANSPORT_KEY, "the KMS's transport key is bound to the quote; seal to it");
  }

  private static boolean isBoundTo(
      Attestation attestation, String domain, List<Bytes> bindings, Optional<Bytes> key) {
    return key.isPresent()
        && bindings.stream()
            .anyMatch(some -> isBound(attestation, digest(domain, some, key.get())));
  }

  private static String hint(Optional<Bytes> binding, String of) {
    return binding.isPresent()
        ? ""
        : "; if it was asked with %s, give that as binding_b64".formatted(of);
  }

  private static ApiException refusedKey(Checks soFar, String hint) {
    String found =
        "the transport key beside the quote is not the one that the quote is bound to" + hint;
    soFar.add(Check.failed(Name.TRANSPORT_KEY, VerifyProblem.TRANSPORT_KEY_MISMATCH.code(), found));
    return new ApiException(VerifyProblem.TRANSPORT_KEY_MISMATCH, found);
  }

  /**
   * Judges the keys of an agent's gate.
   *
   * @throws ApiException if they are missing or another machine's
   */
  static Check agentKeys(Attestation attestation, Checks soFar) throws ApiException {
    Optional<Bytes> provisioning = attestation.base64(PROVISIONING_KEY, SIZE);
    Optional<Bytes> signing = attestation.base64(SIGNING_KEY, SIZE);
    Optional<Bytes> owner =
        attestation.has(OWNER_KEY)
            ? attestation.base64(OWNER_KEY, SIZE)
            : Optional.of(ZEROS); // unclaimed
    if (provisioning.isEmpty() || signing.isEmpty() || owner.isEmpty()) {
      throw refusedAgent(
          VerifyProblem.AGENT_KEYS_MISSING, "a key is not 32 bytes of base64", soFar);
    }
    if (!isBound(
        attestation, digest(AGENT_DOMAIN, provisioning.get(), signing.get(), owner.get()))) {
      throw refusedAgent(
          VerifyProblem.AGENT_KEYS_MISMATCH, "the quote is not bound to these keys", soFar);
    }
    return Check.passed(Name.AGENT_KEYS, "the quote is bound to the gate's keys");
  }

  private static ApiException refusedAgent(VerifyProblem problem, String found, Checks soFar) {
    soFar.add(Check.failed(Name.AGENT_KEYS, problem.code(), found));
    return new ApiException(problem, found);
  }

  private static boolean isBound(Attestation attestation, Bytes digest) {
    return attestation.report().reportData().secondHalf().equals(digest);
  }

  private static Bytes digest(String domain, Bytes... parts) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(domain.getBytes(US_ASCII));
    for (Bytes part : parts) {
      part.updateInto(digest);
    }
    return Bytes.of(digest.digest());
  }
}
