package network.calimero.tee.release.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.policy.release.AllowedList;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.release.policy.Explanation.Admission;

/** The words for one cohort. */
final class AdmissionWords {
  private final PolicyFile.Judging file;
  private final Cohort cohort;
  private final boolean onDstack;

  private AdmissionWords(PolicyFile.Judging file, Cohort cohort) {
    this.file = file;
    this.cohort = cohort;
    this.onDstack = cohort.role() == Role.KMS && !PairRules.isCluster(file);
  }

  static Admission of(PolicyFile.Judging file, Cohort cohort) {
    AdmissionWords words = new AdmissionWords(file, cohort);
    return new Admission(cohort, words.who(), words.must(), words.could(), words.unchecked());
  }

  private String who() {
    String profile = cohort.profile().map(Profile::text).orElse("locked-read-only (not said)");
    return switch (cohort.role()) {
      case KMS -> "A node of profile %s takes for its KMS:".formatted(profile);
      case NODE -> "A KMS gives keys of the cohort %s to:".formatted(profile);
      case AGENT -> "A KMS gives agent keys of the cohort %s to:".formatted(profile);
    };
  }

  private List<String> must() {
    List<String> must = new ArrayList<>();
    must.add("a TDX VM whose quote Intel vouches for, and not a debug one");
    must.add(statuses());
    for (Register register : Register.values()) {
      must.add(register(register));
    }
    cohort
        .composeHashes()
        .filter(list -> !list.values().isEmpty())
        .ifPresent(list -> must.add(compose(list.values())));
    return must;
  }

  private String statuses() {
    Set<TcbStatus> statuses = cohort.values().statuses().values();
    if (statuses.isEmpty()) {
      return "TCB status: none is allowed, so nobody";
    }
    return "on a platform that is "
        + statuses.stream()
            .map(status -> "%s (%s)".formatted(status.text(), meaning(status)))
            .collect(Collectors.joining(", or "));
  }

  private static String meaning(TcbStatus status) {
    return switch (status) {
      case UP_TO_DATE -> "has every fix that Intel knows";
      case SW_HARDENING_NEEDED -> "patched, but software must defend itself against known attacks";
      case CONFIGURATION_NEEDED -> "patched, but a setting leaves a known hole open";
      case CONFIGURATION_AND_SW_HARDENING_NEEDED ->
          "patched, but a setting leaves a known hole open and software must defend itself";
      case TD_RELAUNCH_ADVISED -> "patched after this VM was started: the VM may be affected";
      case TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED ->
          "patched after this VM was started, and a setting leaves a known hole open";
      case OUT_OF_DATE -> "lacks fixes of known, published holes";
      case OUT_OF_DATE_CONFIGURATION_NEEDED ->
          "lacks fixes of known, published holes, and a setting leaves another open";
      case REVOKED -> "is no longer trusted by Intel";
    };
  }

  private String register(Register register) {
    AllowedList<Measurement> list = cohort.values().list(register);
    String about = about(register);
    if (list.values().isEmpty()) {
      return "%s (%s): no value is named, so nobody".formatted(register, about);
    }
    String values =
        list.values().stream().map(AdmissionWords::brief).collect(Collectors.joining(" or "));
    return "%s (%s) is %s".formatted(register, about, values);
  }

  private static String brief(Measurement value) {
    return value.isZero() ? "all zero: nothing was measured" : value.hex().substring(0, 16) + "…";
  }

  private String about(Register register) {
    return switch (register) {
      case MRTD -> "the provider's virtual firmware";
      case RTMR0 -> "firmware settings and the shape of the VM";
      case RTMR1 -> onDstack ? "kernel" : "boot loader and kernel";
      case RTMR2 ->
          onDstack
              ? "kernel command line, initrd and root file system"
              : "kernel command line (role, profile, root hash), boot menu, initrd";
      case RTMR3 ->
          onDstack
              ? "events at run time: app, compose file, instance, key provider"
              : "role, profile and root hash, written once by the init service";
    };
  }

  private static String compose(Set<Bytes> hashes) {
    return "running the app whose compose file hashes to "
        + hashes.stream()
            .map(hash -> hash.hex().substring(0, 16) + "…")
            .collect(Collectors.joining(" or "));
  }

  private List<String> could() {
    List<String> could = new ArrayList<>();
    could.add(
        "anyone who rents such a machine may start the same image there: the policy names images,"
            + " not owners");
    if (cohort.role() == Role.NODE && isOpen()) {
      could.add(
          "who operates a machine of this profile logs in by SSH and reads every key that it gets");
    }
    if (isNodeWithoutRunTime()) {
      could.add(
          "a program on such a machine may extend RTMR3 to what it likes, or leave it: nothing here"
              + " says what runs after boot");
    }
    if (isWeak()) {
      could.add(
          "who controls the host may use the published holes of its platform to read the VM's memory,"
              + " keys included");
    }
    long combinations = combinations();
    if (combinations > 1) {
      could.add(
          "each register is judged for itself: %d combinations pass, also those that no image has"
              .formatted(combinations));
    }
    return could;
  }

  private boolean isOpen() {
    return cohort.profile().filter(profile -> profile != Profile.LOCKED_READ_ONLY).isPresent();
  }

  private boolean isNodeWithoutRunTime() {
    return cohort.values().list(Register.RTMR3).values().contains(Measurement.ZERO);
  }

  private boolean isWeak() {
    return cohort.values().statuses().values().stream()
        .anyMatch(status -> status != TcbStatus.UP_TO_DATE);
  }

  private long combinations() {
    long combinations = 1;
    for (Register register : Register.values()) {
      combinations *= Math.max(1, cohort.values().list(register).values().size());
    }
    return combinations;
  }

  private List<String> unchecked() {
    List<String> unchecked = new ArrayList<>();
    unchecked.add("whose machine it is, and where it stands");
    unchecked.add("what happened on it since it was measured, and what is on its data disk");
    if (cohort.role() == Role.KMS) {
      unchecked.add(
          onDstack && cohort.composeHashes().filter(it -> !it.values().isEmpty()).isEmpty()
              ? "which compose file it runs, beyond RTMR3"
              : "that the connection ends in it: only a bound transport key tells (sealed keys)");
    }
    if (file.version().isPresent()) {
      unchecked.add(
          "whether release %s is still the one to use: a newer one may close a hole"
              .formatted(file.version().get()));
    }
    return unchecked;
  }
}
