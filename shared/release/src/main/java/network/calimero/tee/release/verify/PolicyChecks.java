package network.calimero.tee.release.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.release.AllowedList;
import network.calimero.tee.policy.release.AllowedValues;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.policy.release.ReleasePolicy;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.asset.Generation;
import network.calimero.tee.release.document.KmsPolicy;
import network.calimero.tee.release.policy.DefaultBinding;

/** Whether the policies of a release are what they should be, and keep apart what must be apart. */
final class PolicyChecks {
  private static final String LISTS = "its lists";

  private final KmsDocuments documents;
  private final Generation generation;
  private final CheckList checks;
  private final String tag;

  PolicyChecks(KmsDocuments documents) {
    this.documents = documents;
    this.generation = documents.generation();
    this.checks = documents.checks();
    this.tag = documents.files().version().kmsTag();
  }

  void all() throws RefusedException {
    Asset unprofiled = documents.names().unprofiledPolicy();
    one(unprofiled, documents.unprofiled(), Profile.LOCKED_READ_ONLY, true);
    if (documents.policies().isEmpty()) {
      checks.skipped(tag, "policies of profiles", "the release is from before there were profiles");
      return;
    }
    for (Map.Entry<Profile, KmsPolicy> policy : documents.policies().entrySet()) {
      Asset asset = documents.names().policy(policy.getKey());
      one(asset, policy.getValue(), policy.getKey(), false);
      rolesApart(asset, policy.getValue());
    }
    composeHashes();
    profilesApart();
    unprofiledIsLocked(unprofiled);
  }

  private void one(Asset asset, KmsPolicy policy, Profile profile, boolean legacy)
      throws RefusedException {
    // Only before there were profiles may the file without one in its name be silent on it.
    boolean silent = legacy && documents.policies().isEmpty();
    try {
      PolicyAsset file = new PolicyAsset(asset.name(), silent);
      ReleasePolicy read = policy.lists().forRelease(documents.files().version(), profile, file);
      requireLists(asset, read, legacy);
    } catch (PolicyDocumentException e) {
      throw refuse(codeOf(e.field()), asset, "said release, role, profile", message(e));
    }
    provider(asset, policy);
    checks.passed(asset.name(), "policy", "release, role, profile, lists", "");
  }

  private void requireLists(Asset asset, ReleasePolicy policy, boolean legacy)
      throws RefusedException {
    try {
      policy.forKms();
      if (!legacy) {
        policy.forNodes();
      }
    } catch (PolicyDocumentException e) {
      throw refuse(ReleaseCode.POLICY_LIST_EMPTY, asset, LISTS, message(e));
    }
  }

  private static ReleaseCode codeOf(String field) {
    return switch (field) {
      case "tag" -> ReleaseCode.DOCUMENT_OF_OTHER_VERSION;
      case "role" -> ReleaseCode.POLICY_OF_OTHER_ROLE;
      default -> ReleaseCode.POLICY_OF_OTHER_PROFILE;
    };
  }

  private static String message(PolicyDocumentException e) {
    return String.valueOf(e.getMessage());
  }

  private void provider(Asset asset, KmsPolicy policy) throws RefusedException {
    boolean cluster = generation == Generation.C;
    String provider = cluster ? "mero-kms" : "mero-kms-phala";
    if (!policy.provider().equals(provider)) {
      throw checks.refuse(
          "policy",
          "its provider",
          Refusal.of(
              ReleaseCode.POLICY_OF_OTHER_PROVIDER,
              asset.name(),
              "the policy is for another kind of KMS",
              policy.provider(),
              provider));
    }
    if (cluster) {
      cluster(asset, policy);
    }
  }

  /** What generation C promises beyond the others. */
  private void cluster(Asset asset, KmsPolicy policy) throws RefusedException {
    if (!policy.binding().equals(DefaultBinding.CLUSTER.value())) {
      throw checks.refuse(
          "policy",
          "its default binding",
          Refusal.of(
              ReleaseCode.BINDING_WRONG,
              asset.name(),
              "the default binding is not that of this generation",
              policy.binding().hex(),
              DefaultBinding.CLUSTER.hex()));
    }
    if (!policy.configPath().equals("tee.kms.attestation")) {
      throw refuse(
          ReleaseCode.CONFIG_PATH_WRONG,
          asset,
          "merod_config_path",
          "merod_config_path is not tee.kms.attestation");
    }
    if (policy.namesComposeHashes()) {
      throw refuse(
          ReleaseCode.COMPOSE_HASH_FORBIDDEN,
          asset,
          LISTS,
          "it has kms_allowed_event_payload, which a cluster's policy must not have");
    }
    for (AllowedValues role : List.of(policy.lists().kms(), policy.lists().nodes())) {
      if (!role.statuses().values().contains(TcbStatus.UP_TO_DATE)) {
        throw refuse(
            ReleaseCode.POLICY_UPTODATE_MISSING,
            asset,
            LISTS,
            role.statuses().field() + " does not have uptodate");
      }
    }
  }

  /** Policy-and-releases.md: "no RTMR3 value is shared by the KMS and the node lists". */
  private void rolesApart(Asset asset, KmsPolicy policy) throws RefusedException {
    List<Register> registers = new ArrayList<>(List.of(Register.RTMR3));
    if (generation == Generation.C) {
      registers.addFirst(Register.RTMR2);
    }
    for (Register register : registers) {
      boolean apart =
          Collections.disjoint(
              policy.lists().kms().list(register).values(),
              policy.lists().nodes().list(register).values());
      if (!apart) {
        throw refuse(
            ReleaseCode.ROLES_SHARE_REGISTER,
            asset,
            "its lists",
            "the lists of KMS and nodes for %s have overlapping measurement values"
                .formatted(register));
      }
    }
    checks.passed(
        asset.name(),
        "roles apart",
        LISTS,
        registers.stream().map(Register::name).collect(Collectors.joining(", ")));
  }

  private void composeHashes() throws RefusedException {
    if (generation == Generation.A) {
      checks.skipped(tag, "compose hashes", "the policies name none, as generation A may");
    }
    if (generation != Generation.B) {
      return;
    }
    Set<Bytes> seen = new HashSet<>();
    for (Map.Entry<Profile, KmsPolicy> policy : documents.policies().entrySet()) {
      Asset asset = documents.names().policy(policy.getKey());
      Set<Bytes> own = hashes(policy.getValue());
      if (own.isEmpty()) {
        throw refuse(
            ReleaseCode.COMPOSE_HASH_MISSING,
            asset,
            LISTS,
            "it names no compose hash, where policies of other profiles do");
      }
      if (!Collections.disjoint(seen, own)) {
        throw refuse(
            ReleaseCode.PROFILES_SHARE_COMPOSE_HASH,
            asset,
            LISTS,
            "it names the compose hash of another profile");
      }
      seen.addAll(own);
    }
    checks.passed(tag, "compose hashes", LISTS, "one of each profile's own");
  }

  private static Set<Bytes> hashes(KmsPolicy policy) {
    Optional<AllowedList<Bytes>> hashes = policy.lists().composeHashes();
    return hashes.map(AllowedList::values).orElse(Set.of());
  }

  /** Policy-and-releases.md: "no two profiles have identical KMS measurements in all registers". */
  private void profilesApart() throws RefusedException {
    List<Profile> profiles = List.copyOf(documents.policies().keySet());
    for (int i = 0; i < profiles.size(); i++) {
      for (int j = i + 1; j < profiles.size(); j++) {
        requireApart(profiles.get(i), profiles.get(j));
      }
    }
    checks.passed(tag, "profiles apart", "lists of KMS measurements", "");
  }

  private void requireApart(Profile left, Profile right) throws RefusedException {
    boolean identical = true;
    for (Register register : Register.values()) {
      identical &= values(left, register).equals(values(right, register));
    }
    if (identical) {
      throw checks.refuse(
          "profiles apart",
          "lists of KMS measurements",
          Refusal.of(
              ReleaseCode.PROFILES_IDENTICAL,
              tag,
              "KMS measurements are identical between %s and %s".formatted(left, right)));
    }
  }

  private Set<?> values(Profile profile, Register register) {
    KmsPolicy policy = documents.policies().get(profile);
    return policy == null ? Set.of() : policy.lists().kms().list(register).values();
  }

  private void unprofiledIsLocked(Asset unprofiled) throws RefusedException {
    Asset locked = documents.names().policy(Profile.LOCKED_READ_ONLY);
    boolean same =
        documents.files().get(unprofiled).digest().equals(documents.files().get(locked).digest());
    String what = "copy of " + locked;
    checks.require(
        same,
        generation == Generation.C,
        what,
        "SHA-256",
        Refusal.of(
            ReleaseCode.UNPROFILED_POLICY_DIFFERS,
            unprofiled.name(),
            "it is not the policy of locked-read-only"));
    if (same) {
      checks.passed(unprofiled.name(), what, "SHA-256", "");
    }
  }

  private RefusedException refuse(ReleaseCode code, Asset asset, String how, String reason) {
    return checks.refuse("policy", how, Refusal.of(code, asset.name(), reason));
  }
}
