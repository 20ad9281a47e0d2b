package network.calimero.tee.release.policy;

import java.util.Locale;

/** The weaknesses that are looked for. */
public enum LintCode {
  // Documents as a whole.
  KMS_REFUSES(
      Severity.ERROR,
      "a KMS refuses this document",
      "mend what the reason names; until then a KMS that is told to use it stays without a policy"),
  CANDIDATE(
      Severity.NOTE,
      "a candidate, no policy: nothing loads it",
      "review it, and let the release workflow make and sign a policy of it"),
  ID_MISMATCH(
      Severity.ERROR,
      "policy_id names another release than the document",
      "find out which of the two it is; do not use it before that"),
  PROBE_DIFFERS(
      Severity.ERROR,
      "the lists differ from those of the probe that the document itself shows",
      "find out who changed them after the probe, and why"),
  BINDING_WRONG(
      Severity.ERROR,
      "the default binding is not the one that a KMS of this kind answers with",
      "write the SHA-256 of mero-kms-phala-attest-v1 (with provider mero-kms: mero-kms-attest-v1), in"
          + " hex and in base64; with another, nodes refuse every KMS"),
  LEGACY_LISTS_DIFFER(
      Severity.ERROR,
      "allowed_… without prefix says something else than kms_allowed_…",
      "make them equal: merods of generation A read only the lists without prefix, later ones the"
          + " others, so the same release would mean two things"),
  LEGACY_LISTS_MISSING(
      Severity.NOTE,
      "no allowed_… lists without prefix",
      "if merods of generation A (before 0.11.0) follow this release by MERO_TEE_VERSION, add them,"
          + " equal to kms_allowed_…; those merods fail without"),
  IDENTITY_MISSING(
      Severity.WARNING,
      "the document does not say its role or profile",
      "add role and profile: without them some readers take it for whatever they asked for, and a KMS"
          + " refuses it in a file that is named after a profile"),
  COMMIT_MISSING(
      Severity.NOTE,
      "the document does not name the commit that it was built from",
      "add commit_sha, so that image and source can be compared"),
  SOURCE_UNTRACEABLE(
      Severity.WARNING,
      "the document does not name the workflow run that its values come from",
      "name the run (workflow_run_id or source.run_id), or measure again: nobody can tell where these"
          + " values come from"),

  // TCB statuses.
  TCB_ONLY_OUT_OF_DATE(
      Severity.ERROR,
      "only platforms with known holes are let in, and a patched one is refused",
      "allow uptodate; keep outofdate beside it only as long as the provider has nothing better, and"
          + " take it out the day it has"),
  TCB_OUT_OF_DATE(
      Severity.WARNING,
      "platforms with known, published holes are let in",
      "take outofdate out as soon as the provider's machines are up to date; until then know which"
          + " advisories apply: quote verify names them"),
  TCB_UP_TO_DATE_MISSING(
      Severity.WARNING,
      "a platform that is up to date is refused",
      "add uptodate: a machine falls out the day it is patched, and verifiers of generation C refuse"
          + " such a list"),
  TCB_CONFIGURATION(
      Severity.WARNING,
      "platforms whose settings leave a known hole open are let in",
      "let the provider change the setting (mostly hyper-threading or a BIOS option) and take the"
          + " status out"),
  TCB_RELAUNCH(
      Severity.WARNING,
      "machines that were started before their platform was patched are let in",
      "restart such machines instead, and take the status out"),
  TCB_SW_HARDENING(
      Severity.NOTE,
      "platforms on which software must defend itself against known attacks are let in",
      "make sure that kernel and program of the image have those defences, or take the status out"),
  TCB_DEFAULTED(
      Severity.NOTE,
      "no list of TCB statuses: readers take uptodate alone",
      "write the list, so that the reader of the policy need not know that"),

  // Registers of one role.
  LIST_EMPTY(
      Severity.ERROR,
      "a list is empty: a KMS lets nobody in, and a program that skips empty lists checks nothing",
      "measure the register and write the value"),
  MRTD_ALONE(
      Severity.ERROR,
      "only MRTD is named, which is the provider's firmware: any image on any of its machines has it",
      "name all five registers"),
  REGISTER_ZERO(
      Severity.ERROR,
      "an all-zero value is accepted: nothing was measured into that register",
      "measure again on a machine whose boot is measured; no genuine boot leaves it zero"),
  RTMR3_ZERO(
      Severity.ERROR,
      "an all-zero RTMR3 is accepted: nothing was measured at run time, so role, profile and files of"
          + " the image are not proven, and any program may still extend it",
      "use an image whose init extends RTMR3 (and stops if it cannot), and measure that"),
  VALUE_IN_TWO_REGISTERS(
      Severity.WARNING,
      "the same value stands in the lists of different registers",
      "one of them is a slip of the pen: registers measure different things; measure again"),
  IMAGES_MIX(
      Severity.WARNING,
      "several images are allowed, and their registers may be mixed",
      "make one policy per image; lists per register also accept the kernel of one with the command"
          + " line of another"),
  FIRMWARE_SINGLE(
      Severity.NOTE,
      "one value for MRTD or RTMR0: the provider's next firmware, or another machine shape, is refused",
      "expect that: measure the new firmware before it is rolled out, and add its value beside the"
          + " old one for the time of the change"),

  // Profiles and roles beside each other.
  PROFILES_TWIN(
      Severity.ERROR,
      "a machine exists that passes for two profiles: a debug node, with its SSH, is taken for a"
          + " locked one and given its keys",
      "do not use this release; measure the images again: they must differ in RTMR2 or RTMR3"),
  PROFILES_DIFFER_IN_RTMR3_ONLY(
      Severity.WARNING,
      "node profiles differ in RTMR3 alone, whose inputs are public",
      "put the profile on the measured command line (RTMR2) too"),
  PROFILES_SHARE_REGISTERS(
      Severity.NOTE,
      "profiles share values of some registers",
      "normal for firmware; it means that those registers alone tell no profile"),
  ROLES_TWIN(
      Severity.ERROR,
      "a machine exists that passes for the KMS and for a node",
      "do not use this release; measure KMS and node images again"),
  ONE_LIST_FOR_BOTH_ROLES(
      Severity.ERROR,
      "one set of lists for both roles: a KMS that judges nodes by it lets in KMSs, and no node",
      "write kms_allowed_… and node_allowed_…, each measured on its own machines"),
  RTMR3_SHARED(
      Severity.ERROR,
      "KMS and nodes share a value of RTMR3",
      "measure again: a release with a shared value does not verify"),
  RTMR2_SHARED(
      Severity.ERROR,
      "KMS and nodes share a value of RTMR2",
      "measure again: role and files of the image are on its measured command line, so the values"
          + " cannot be equal; from generation C on such a release does not verify"),
  DEBUG_PROFILE(
      Severity.NOTE,
      "machines of this profile have SSH: their operator sees every key they get",
      "use it for development and staging, never for data that matters"),

  // The app that a KMS on dstack runs.
  COMPOSE_HASH_MISSING(
      Severity.WARNING,
      "no compose hash: which compose file the KMS runs is told by RTMR3 alone, a hash over events of"
          + " the platform and the instance too, that nobody can read off",
      "add kms_allowed_event_payload; merods of releases since 2.3.73 refuse a policy without"),
  COMPOSE_HASH_FORBIDDEN(
      Severity.ERROR,
      "a compose hash in a release without dstack",
      "take kms_allowed_event_payload out: verifiers of generation C fail if the key is there"),
  COMPOSE_HASH_SHARED(
      Severity.ERROR,
      "two profiles have the same compose hash",
      "the profile is part of the compose file: build and measure again"),

  // Several documents beside each other.
  MEASUREMENTS_REUSED(
      Severity.WARNING,
      "two releases have the same values in every list",
      "if their images differ, one of them was never measured; if they do not, say so in the release"),

  // Indexes.
  INDEX_EMPTY(
      Severity.NOTE, "an index without entries", "nothing, if it is new; else find what was lost"),
  INDEX_REPEATED(
      Severity.ERROR,
      "the same release stands twice in the index",
      "keep one: readers take the first or the last, as they like"),
  INDEX_DIGEST_MISSING(
      Severity.WARNING,
      "entries without a SHA-256: what they lead to can be replaced",
      "add the digest of each policy file"),
  INDEX_DIGEST_MALFORMED(
      Severity.ERROR,
      "a SHA-256 that is none",
      "write 64 hex digits, taken of the file as it is published"),
  INDEX_TAG_MISMATCH(
      Severity.ERROR,
      "an entry leads to another release than it names",
      "correct version, tag or place: a node that follows it gets the policy of another release"),
  INDEX_PLACE_FOREIGN(
      Severity.ERROR,
      "an entry leads out of the repository or to another host",
      "lead to a file of the repository, or to a release of it by https");

  private final Severity severity;
  private final String meaning;
  private final String advice;

  LintCode(Severity severity, String meaning, String advice) {
    this.severity = severity;
    this.meaning = meaning;
    this.advice = advice;
  }

  /** Its name in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How much it matters, as a rule. */
  public Severity severity() {
    return severity;
  }

  /** What it is, one phrase. */
  public String meaning() {
    return meaning;
  }

  /** What to do about it, one phrase. */
  public String advice() {
    return advice;
  }
}
