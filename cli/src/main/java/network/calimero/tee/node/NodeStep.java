package network.calimero.tee.node;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import network.calimero.tee.policy.Register;

/**
 * Everything that a node checks before it trusts a key, in order (kms-protocol.md): first who
 * answers ({@link #ofKms}), then the key. A step that fails ends the matter, but for those from
 * {@link #STATUS} to {@link #FINGERPRINT}: they are all judged, so that every difference is said at
 * once, and any of them that fails ends it behind {@link #FINGERPRINT}.
 */
public enum NodeStep {
  /** Somebody is there. */
  REACHED("an answer at the address", "something answers `POST /attest` completely, within 30 s"),
  /** It is a KMS that answers. */
  ANSWER(
      "answer of a KMS, within a node's limits",
      "status 200 and a JSON object with `quoteB64` and `reportDataHex`, and the transport key if"
          + " keys are to come sealed; no longer than a node takes, no redirect"),
  /** What it shows is a quote of the kind that a KMS has. */
  QUOTE("a TDX quote", "the quote has the form of one, and is of a TDX trust domain, not of SGX"),
  /** It claims to have answered this request. */
  STATED(
      "report data that the KMS states",
      "`reportDataHex` is this node's fresh nonce and the binding of the next step but one"),
  /** The quote is fresh. */
  NONCE(
      "nonce in the quote",
      "the first half of the quote's own report data is this node's fresh nonce"),
  /** The quote vouches for what keys are sealed with. */
  BINDING(
      "binding in the quote, with the transport key",
      "the second half is the hash that binds the KMS's transport key; for a plain key, the"
          + " protocol's fixed binding"),
  /** The quote is genuine. */
  PROVEN(
      "quote proven to the root",
      "all ten steps of DCAP verification, to Intel's root, with collateral that holds now"),
  /** Its platform is in order. */
  STATUS("TCB status allowed", "the platform's TCB status is among those that this node allows"),
  /** The firmware. */
  MRTD("MRTD", "the firmware is an expected one"),
  /** The machine's shape. */
  RTMR0("RTMR0", "the machine's shape is an expected one"),
  /** The kernel. */
  RTMR1("RTMR1", "the kernel is an expected one"),
  /** Command line and initrd. */
  RTMR2("RTMR2", "command line and initrd are expected ones"),
  /** What was measured at run time. */
  RTMR3("RTMR3", "what was measured at run time is an expected value"),
  /** The application. */
  APP(
      "compose hash, by the event log",
      "the event log replays to the proven registers, and the compose hash in it is an expected"
          + " one"),
  /** It has the keys that it had before. */
  FINGERPRINT(
      "fingerprint of the transport key",
      "SHA-256 of the transport key is an expected one: a KMS that has another gives other keys"),
  /** A challenge to answer. */
  CHALLENGE(
      "challenge, in time",
      "`POST /challenge` gives an ID of 1 to 512 characters and a nonce of 32 bytes, and has not"
          + " expired by this machine's clock"),
  /** This machine's own evidence. */
  OWN_QUOTE(
      "own quote, over challenge and one-time key",
      "this machine gives a quote, and its report data is the challenge's nonce and the hash that"
          + " binds this node's one-time key and peer ID"),
  /** The KMS says yes. */
  RELEASED(
      "key released by the KMS",
      "`POST /get-key` answers 200 and in the form that was asked for: sealed, unless a plain key"
          + " was asked for"),
  /** It is the KMS that was checked which says so. */
  OPENED(
      "sealed key opens",
      "it opens with this node's one-time key, the challenge and the transport key of the checked"
          + " quote, so nobody else sealed it and nobody on the way read it"),
  /** The key can be used. */
  KEY("key of a node's length and form", "hex of 32 to 2,048 bytes");

  private final String title;
  private final String meaning;

  NodeStep(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** All of them. */
  public static List<NodeStep> all() {
    return List.of(values());
  }

  /** The steps that judge who answers, a part of their own: no key is asked for yet. */
  public static List<NodeStep> ofKms() {
    return Arrays.stream(values()).filter(step -> step.compareTo(FINGERPRINT) <= 0).toList();
  }

  /** The step that judges a register. */
  static NodeStep of(Register register) {
    return switch (register) {
      case MRTD -> MRTD;
      case RTMR0 -> RTMR0;
      case RTMR1 -> RTMR1;
      case RTMR2 -> RTMR2;
      case RTMR3 -> RTMR3;
    };
  }

  /** From 1. */
  public int number() {
    return all().indexOf(this) + 1;
  }

  /** For programs: lower case with underscores. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A few words for people. */
  public String title() {
    return title;
  }

  /** What must hold, a phrase of Markdown. */
  public String meaning() {
    return meaning;
  }
}
