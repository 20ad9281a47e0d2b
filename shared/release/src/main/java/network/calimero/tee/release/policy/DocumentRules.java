package network.calimero.tee.release.policy;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.AllowedValues;
import network.calimero.tee.release.policy.Claims.DeclaredBinding;

/** What a document says of itself. */
final class DocumentRules {
  private static final String CANDIDATE = "candidate";

  private DocumentRules() {}

  static void check(PolicyFile.Judging file, Consumer<Finding> out) {
    boolean judgesKms = file.cohorts().stream().anyMatch(cohort -> cohort.role() == Role.KMS);
    state(file, out);
    if (file.form() == Form.RELEASE) {
      identity(file, out);
    }
    if (judgesKms) {
      binding(file, out);
    }
    if (file.form() == Form.RELEASE) {
      legacyLists(file, out);
    }
    origin(file, out);
    probed(file, out);
    debug(file, out);
  }

  /** Published measurements have release-provenance.json beside them for that. */
  private static void origin(PolicyFile.Judging file, Consumer<Finding> out) {
    if (file.form() == Form.PUBLISHED_MRTDS) {
      return;
    }
    if (file.claims().commit().isEmpty()) {
      out.accept(Finding.of(LintCode.COMMIT_MISSING, file, "", ""));
    }
    if (file.claims().run().isEmpty() && file.form() != Form.RELEASE) {
      out.accept(Finding.of(LintCode.SOURCE_UNTRACEABLE, file, "", ""));
    }
  }

  private static void state(PolicyFile.Judging file, Consumer<Finding> out) {
    Claims claims = file.claims();
    boolean candidate = claims.status().filter(CANDIDATE::equalsIgnoreCase).isPresent();
    if (file.form() == Form.CANDIDATE || candidate) {
      out.accept(Finding.of(LintCode.CANDIDATE, file, "", ""));
    } else if (claims.refusal().isPresent()) {
      out.accept(Finding.of(LintCode.KMS_REFUSES, file, "", claims.refusal().get()));
    }
    if (claims.policyId().isPresent()
        && file.version().isPresent()
        && !claims.policyId().get().endsWith("/" + file.version().get())) {
      out.accept(Finding.of(LintCode.ID_MISMATCH, file, "", claims.policyId().get()));
    }
  }

  private static void identity(PolicyFile.Judging file, Consumer<Finding> out) {
    Claims claims = file.claims();
    if (claims.role().isEmpty() || claims.profile().isEmpty()) {
      String missing =
          claims.role().isPresent() ? "profile" : claims.profile().isPresent() ? "role" : "both";
      out.accept(Finding.of(LintCode.IDENTITY_MISSING, file, "", "missing: " + missing));
    }
  }

  private static void binding(PolicyFile.Judging file, Consumer<Finding> out) {
    Optional<DeclaredBinding> declared = file.claims().binding();
    if (declared.isEmpty()) {
      return;
    }
    DefaultBinding right =
        file.claims()
            .provider()
            .flatMap(DefaultBinding::ofProvider)
            .orElse(PairRules.isCluster(file) ? DefaultBinding.CLUSTER : DefaultBinding.PHALA);
    boolean wrong =
        declared.get().hex().filter(hex -> !hex.equalsIgnoreCase(right.hex())).isPresent()
            || declared.get().base64().filter(b64 -> !b64.equals(right.base64())).isPresent();
    if (wrong) {
      out.accept(Finding.of(LintCode.BINDING_WRONG, file, "", "right is " + right.hex()));
    }
  }

  private static void legacyLists(PolicyFile.Judging file, Consumer<Finding> out) {
    if (PairRules.isCluster(file)) {
      return; // its merods are of later generations
    }
    Optional<AllowedValues> unprefixed = file.claims().unprefixed();
    AllowedValues kms = file.cohorts().getFirst().values();
    if (unprefixed.isEmpty()) {
      out.accept(Finding.of(LintCode.LEGACY_LISTS_MISSING, file, "", ""));
    } else if (!sameValues(unprefixed.get(), kms)) {
      out.accept(Finding.of(LintCode.LEGACY_LISTS_DIFFER, file, "", ""));
    }
  }

  private static void probed(PolicyFile.Judging file, Consumer<Finding> out) {
    Optional<AllowedValues> probed = file.claims().probed();
    if (probed.isPresent() && !sameValues(probed.get(), file.cohorts().getFirst().values())) {
      out.accept(Finding.of(LintCode.PROBE_DIFFERS, file, "", ""));
    }
  }

  static boolean sameValues(AllowedValues one, AllowedValues other) {
    Set<TcbStatus> statuses = one.statuses().values();
    boolean same = statuses.equals(other.statuses().values());
    for (Register register : Register.values()) {
      same &= one.list(register).values().equals(other.list(register).values());
    }
    return same;
  }

  private static void debug(PolicyFile.Judging file, Consumer<Finding> out) {
    for (Cohort cohort : file.cohorts()) {
      if (cohort.role() == Role.NODE
          && cohort.profile().isPresent()
          && cohort.profile().get() != Profile.LOCKED_READ_ONLY) {
        out.accept(Finding.of(LintCode.DEBUG_PROFILE, file, cohort.words(), ""));
      }
    }
  }
}
