package network.calimero.tee.release.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.release.AllowedList;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocument;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.release.policy.Claims;
import network.calimero.tee.release.policy.PolicyFile;

/** Makes merod's configuration from the policy of a release. */
final class MerodConfigMaker {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private final String tag;
  private final Profile profile;
  private final KmsUrl url;
  private final Layout layout;

  /**
   * Knows what was asked for.
   *
   * @param tag {@code X.Y.Z}, alone or after a prefix of releases
   */
  MerodConfigMaker(String tag, Profile profile, KmsUrl url, Layout layout) {
    this.tag = tag;
    this.profile = profile;
    this.url = url;
    this.layout = layout;
  }

  /**
   * The configuration that a policy stands for.
   *
   * @param asset the file that it is, by its signature
   * @throws PolicyDocumentException if it is not the policy of that release and profile, lets in
   *     nobody, or says what merod does not take
   */
  MerodConfig make(PolicyAsset asset, Bytes content) throws PolicyDocumentException {
    ReleaseVersion version = ReleaseVersion.ofAnyTag(tag).orElseThrow();
    PolicyDocument policy = PolicyDocument.parse(content);
    policy.forRelease(version, profile, asset).forKms();
    if (!(PolicyFile.read(asset.name(), content) instanceof PolicyFile.Judging judging)) {
      throw new PolicyDocumentException("document", "no policy");
    }
    requireBinding(judging.claims());
    Origin fixed = Origin.told("fixed: evidence is always checked, and never of a mock");
    MerodConfig.Builder builder =
        new MerodConfig.Builder()
            .section(layout.section())
            .text("url", url.text(), Origin.told("as given"))
            .section(layout.section() + ".attestation")
            .flag("enabled", true, fixed)
            .flag("accept_mock", false, fixed);
    addLists(builder, policy, judging);
    builder.text(
        "binding_b64", layout.binding().base64(), origin(judging, "kms.default_binding_b64"));
    return new MerodConfig(tag, commit(judging), profile, builder.build());
  }

  private static String commit(PolicyFile.Judging judging) throws PolicyDocumentException {
    return judging
        .claims()
        .commit()
        .filter(commit -> COMMIT.matcher(commit).matches())
        .orElseThrow(
            () -> new PolicyDocumentException("commit_sha", "missing, or not 40 hex digits"));
  }

  private void requireBinding(Claims claims) throws PolicyDocumentException {
    Optional<String> said = claims.binding().flatMap(Claims.DeclaredBinding::base64);
    if (said.isEmpty()) {
      throw new PolicyDocumentException("kms.default_binding_b64", "missing");
    }
    if (!said.get().equals(layout.binding().base64())) {
      throw new PolicyDocumentException(
          "kms.default_binding_b64",
          "not that of such a KMS, which is " + layout.binding().base64());
    }
    Optional<String> hex = claims.binding().flatMap(Claims.DeclaredBinding::hex);
    if (hex.isPresent() && !hex.get().equalsIgnoreCase(layout.binding().hex())) {
      throw new PolicyDocumentException(
          "kms.default_binding_hex", "it contradicts default_binding_b64");
    }
  }

  private void addLists(
      MerodConfig.Builder builder, PolicyDocument policy, PolicyFile.Judging judging) {
    AllowedList<TcbStatus> statuses = policy.kms().statuses();
    builder.texts(
        "allowed_tcb_statuses",
        statuses.values().stream().map(it -> it.text().toLowerCase(Locale.ROOT)).toList(),
        statuses.field().isEmpty()
            ? Origin.told("the policy has no list of its own, which means this one")
            : origin(judging, statuses.field()));
    for (Register register : Register.values()) {
      AllowedList<Measurement> list = policy.kms().list(register);
      builder.texts(
          "allowed_" + register.name().toLowerCase(Locale.ROOT),
          list.values().stream().map(Measurement::hex).toList(),
          origin(judging, list.field()));
    }
    if (layout.composeHashes()) {
      AllowedList<Bytes> hashes = policy.composeHashes().orElse(new AllowedList<>("", Set.of()));
      if (!hashes.values().isEmpty()) {
        List<String> values = hashes.values().stream().map(Bytes::hex).toList();
        builder.texts("allowed_compose_hashes", values, origin(judging, hashes.field()));
      }
    }
  }

  private static Origin origin(PolicyFile.Judging judging, String field) {
    return new Origin(judging.name(), judging.sha256(), field);
  }
}
