package network.calimero.tee.functions.verify;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.Fields;
import network.calimero.tee.functions.outbound.OutboundUrl;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.ReleaseVersion;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller of {@code POST /api/verify} wants (verifier-api.md); names in snake case or camel
 * case.
 *
 * @param nonce what the quote must have been made for, 32 bytes
 * @param binding what the machine was asked to bind its transport key to, 32 bytes: of a KMS, in
 *     place of its default; of a node, an application's hash in place of zeros
 * @param agent whether keys of an agent's gate are to be verified
 * @param release to hold the evidence to; empty: whichever fits
 */
record VerifyCall(
    Evidence evidence,
    Optional<Bytes> nonce,
    Optional<Bytes> binding,
    boolean agent,
    Optional<Release> release,
    Optional<Profile> profile) {
  private static final int NONCE = 32;
  private static final Pattern TAG = Pattern.compile("(?:(mero-kms|mero-tee)-v)?([0-9.]{1,40})");

  /** Where the evidence comes from. */
  sealed interface Evidence {
    record Node(OutboundUrl url) implements Evidence {}

    record Kms(OutboundUrl url) implements Evidence {}

    record Pasted(ObjectNode attestation) implements Evidence {}
  }

  /**
   * A release by its tag.
   *
   * @param roles what its tag is of
   */
  record Release(ReleaseVersion version, Set<Role> roles) {}

  static VerifyCall read(Fields body) throws ApiException {
    Evidence evidence = evidence(body);
    boolean agent = body.flag("agent");
    if (agent && !(evidence instanceof Evidence.Pasted)) {
      throw invalid("agent goes with a pasted attestation only");
    }
    Optional<Bytes> binding = body.findBase64(NONCE, "binding_b64", "bindingB64");
    if (binding.isPresent() && !(evidence instanceof Evidence.Pasted)) {
      throw invalid("binding_b64 goes with a pasted attestation only");
    }
    return new VerifyCall(
        evidence,
        body.findBase64(NONCE, "nonce_b64", "nonceB64"),
        binding,
        agent,
        release(body.findText("release_tag", "releaseTag")),
        profile(body.findText("profile")));
  }

  private static Evidence evidence(Fields body) throws ApiException {
    Optional<String> node = body.findText("node_url", "nodeUrl");
    Optional<String> kms = body.findText("kms_url", "kmsUrl");
    Optional<ObjectNode> pasted = body.findObject("attestation");
    if ((node.isPresent() ? 1 : 0) + (kms.isPresent() ? 1 : 0) + (pasted.isPresent() ? 1 : 0) > 1) {
      throw invalid("there is more than one of node_url, kms_url and attestation");
    }
    if (node.isPresent()) {
      return new Evidence.Node(OutboundUrl.parse(node.get()));
    }
    if (kms.isPresent()) {
      return new Evidence.Kms(OutboundUrl.parse(kms.get()));
    }
    return new Evidence.Pasted(pasted.orElse(body.object()));
  }

  private static Optional<Release> release(Optional<String> tag) throws ApiException {
    if (tag.isEmpty() || tag.get().isBlank()) {
      return Optional.empty();
    }
    Matcher form = TAG.matcher(tag.get());
    Optional<ReleaseVersion> version =
        form.matches() ? ReleaseVersion.of(form.group(2)) : Optional.empty();
    if (version.isEmpty()) {
      throw invalid("release_tag is neither mero-kms-vX.Y.Z nor mero-tee-vX.Y.Z");
    }
    Set<Role> roles =
        switch (Optional.ofNullable(form.group(1)).orElse("")) {
          case "mero-kms" -> Set.of(Role.KMS);
          case "mero-tee" -> Set.of(Role.NODE);
          default -> Set.of(Role.KMS, Role.NODE);
        };
    return Optional.of(new Release(version.get(), roles));
  }

  private static Optional<Profile> profile(Optional<String> name) throws ApiException {
    if (name.isEmpty() || name.get().isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(Profile.values())
            .filter(profile -> profile.text().equals(name.get()))
            .findFirst()
            .orElseThrow(
                () -> invalid("profile is none of debug, debug-read-only, locked-read-only")));
  }

  private static ApiException invalid(String found) {
    return new ApiException(ApiProblem.INVALID_FIELD, found);
  }
}
