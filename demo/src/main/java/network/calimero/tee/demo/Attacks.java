package network.calimero.tee.demo;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.node.Challenge;
import network.calimero.tee.node.KeyRequest;
import network.calimero.tee.node.NodeException;
import network.calimero.tee.seal.X25519KeyPair;
import network.calimero.tee.simulator.dstack.DstackAgent;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;

/** What attackers try on a KMS, each attack with one fault only. */
final class Attacks {
  private static final String UNPROVEN = "attestation_verification_failed";

  /** Offset of MRTD in a quote of version 4: header 48, then 136 bytes of the TD report. */
  private static final int MRTD_AT = 48 + 136;

  private final SimulatedSite site;
  private final Node thief;
  private final Node victim;
  private final KeyRequest recorded;

  /**
   * Attacks by a thief.
   *
   * @param recorded a request of the victim's that was answered with its key
   */
  Attacks(SimulatedSite site, Node thief, Node victim, KeyRequest recorded) {
    this.site = site;
    this.thief = thief;
    this.victim = victim;
    this.recorded = recorded;
  }

  List<Attack> all() {
    return List.of(
        new Attack(
            "a challenge is used again: node A's request replayed",
            "invalid_challenge",
            "",
            () -> recorded),
        new Attack(
            "a quote is stolen: node A's, from its last request",
            "invalid_challenge",
            "not made for this challenge",
            () -> thief.request(thief.challenge(), recorded.quote().toArray())),
        new Attack(
            "a quote is stolen: node A's, for the thief's nonce",
            "peer_id_mismatch",
            "",
            this::stolenQuote),
        new Attack(
            "a relay wants the answer sealed to its own key",
            "peer_id_mismatch",
            "sealToB64",
            this::sealedToTheRelay),
        new Attack(
            "a name is stolen: node A's, with the thief's key",
            "peer_identity_mismatch",
            "",
            this::stolenName),
        new Attack(
            "a debug TD, which its host can read",
            UNPROVEN,
            "td_debug",
            () -> quoteOf(site.debugMachine())),
        new Attack(
            "an out-of-date platform, with known holes",
            "tcb_status_rejected",
            "OutOfDate",
            () -> quoteOf(site.outdatedMachine())),
        new Attack(
            "a tampered quote: another image's, MRTD replaced",
            UNPROVEN,
            "quote_signature_invalid",
            this::tamperedQuote),
        new Attack(
            "another image, honestly quoted",
            "measurement_policy_rejected",
            "MRTD",
            () -> quoteOf(site.foreignMachine())),
        new Attack(
            "a platform certified by a root of its own",
            UNPROVEN,
            "root_untrusted",
            () -> quoteOf(site.selfCertifiedMachine())),
        new Attack(
            "a mock quote, as used in development",
            "mock_attestation_rejected",
            "",
            this::mockQuote));
  }

  /** The victim's machine can be made to quote a nonce, but says whose quote it is. */
  private KeyRequest stolenQuote() throws NodeException {
    Challenge challenge = thief.challenge();
    return thief.request(challenge, site.nodeMachine().quote(reportData(challenge, victim)));
  }

  /** Everything is the node's own, but the key that only the node's quote could vouch for. */
  private KeyRequest sealedToTheRelay() throws NodeException {
    Challenge challenge = victim.challenge();
    try (X25519KeyPair ofTheNode = X25519KeyPair.generate(new SecureRandom());
        X25519KeyPair ofTheRelay = X25519KeyPair.generate(new SecureRandom())) {
      byte[] quote =
          site.nodeMachine()
              .quote(
                  KeyRequest.reportData(
                          challenge, victim.peerId(), Optional.of(ofTheNode.publicKey()))
                      .value()
                      .toArray());
      return KeyRequest.sign(
          challenge, Bytes.of(quote), victim.identity(), Optional.of(ofTheRelay.publicKey()));
    }
  }

  private KeyRequest stolenName() throws NodeException {
    KeyRequest own = quoteOf(site.nodeMachine(), victim.challenge(), victim);
    return new KeyRequest(
        own.challengeId(),
        own.quote(),
        victim.peerId().text(),
        own.peerPublicKey(),
        own.signature(),
        Optional.empty());
  }

  private KeyRequest quoteOf(SimulatedTdxMachine machine) throws NodeException {
    return quoteOf(machine, thief.challenge(), thief);
  }

  private KeyRequest quoteOf(SimulatedTdxMachine machine, Challenge challenge, Node named) {
    return thief.request(challenge, machine.quote(reportData(challenge, named)));
  }

  private KeyRequest tamperedQuote() throws NodeException {
    Challenge challenge = thief.challenge();
    byte[] quote = site.foreignMachine().quote(reportData(challenge, thief));
    byte[] wanted = site.nodeMachine().mrTd();
    System.arraycopy(wanted, 0, quote, MRTD_AT, wanted.length);
    return thief.request(challenge, quote);
  }

  private KeyRequest mockQuote() throws NodeException {
    Challenge challenge = thief.challenge();
    return thief.request(challenge, DstackAgent.mockQuote(reportData(challenge, thief)));
  }

  private static byte[] reportData(Challenge challenge, Node node) {
    return KeyRequest.reportData(challenge, node.peerId(), Optional.empty()).value().toArray();
  }
}
