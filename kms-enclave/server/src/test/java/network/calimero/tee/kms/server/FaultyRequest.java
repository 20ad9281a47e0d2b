package network.calimero.tee.kms.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.server.Node.Challenge;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.AgentFault;
import network.calimero.tee.simulator.dstack.DstackAgent;
import network.calimero.tee.simulator.tdx.TdImage;

/** A request that is right in everything but what it was told to get wrong. */
final class FaultyRequest {
  private static final int TD_BODY = 48;
  private static final int MR_SEAM = TD_BODY + 16;

  private final RefusalSite site;
  private final Node identity;
  private final Map<String, Object> overrides = new LinkedHashMap<>();
  private SimulatedPlatform platform;
  private TdImage image = Site.NODE_IMAGE;
  private Optional<Bytes> quoteBytes = Optional.empty();
  private boolean challengeOfAnotherPeer;
  private boolean usedChallenge;
  private boolean anotherNonce;
  private boolean anotherPeerHash;
  private boolean tampered;
  private boolean mock;
  private boolean sgx;
  private boolean noKey;

  FaultyRequest(RefusalSite site) {
    this.site = site;
    this.platform = site.site().platform;
    this.identity = site.site().node();
  }

  void field(String name, String value) {
    overrides.put(name, value);
  }

  void quoteBytes(byte[] bytes) {
    quoteBytes = Optional.of(Bytes.of(bytes));
  }

  void challengeOfAnotherPeer() {
    challengeOfAnotherPeer = true;
  }

  void usedChallenge() {
    usedChallenge = true;
  }

  void keyOfAnotherPeer() {
    field("peerPublicKeyB64", Node.base64(site.site().node().identity.publicKey().protobuf()));
  }

  void mockQuote() {
    mock = true;
  }

  void sgxQuote() {
    sgx = true;
  }

  void foreignRoot() {
    platform = site.foreign();
  }

  void unknownPlatform() {
    platform = site.unknown();
  }

  void outdatedPlatform() {
    platform = site.outdated();
  }

  void anotherNonce() {
    anotherNonce = true;
  }

  void anotherPeerHash() {
    anotherPeerHash = true;
  }

  void tamper() {
    tampered = true;
  }

  void debug() {
    image = image.debug();
  }

  void unknownImage() {
    image = TdImage.named("another image");
  }

  /** MRTD and all other registers are as they should be. */
  void unknownRtmr() {
    image = image.withRtmr(2, new byte[48]);
  }

  void noKey() {
    noKey = true;
  }

  KmsHttp.Answer post() {
    Node asking = challengeOfAnotherPeer ? site.site().node() : identity;
    Challenge challenge = asking.challenge();
    if (usedChallenge) {
      use(asking, challenge);
    }
    Map<String, Object> fields = identity.request(challenge, quote(challenge));
    fields.putAll(overrides);
    if (!noKey) {
      return site.site().http.post("/get-key", fields);
    }
    site.site().agent.fault("GetKey", new AgentFault.Failure(500, "the sealing key is broken"));
    try {
      return site.site().http.post("/get-key", fields);
    } finally {
      site.site().agent.clearFaults();
    }
  }

  private void use(Node owner, Challenge challenge) {
    KmsHttp.Answer answer = site.site().http.post("/get-key", owner.request(challenge));
    if (!answer.outcome().equals("ok")) {
      throw new AssertionError("the challenge could not be used: " + answer.details());
    }
  }

  private byte[] quote(Challenge challenge) {
    byte[] nonce = anotherNonce ? new byte[32] : challenge.nonce();
    byte[] hash = Node.sha256(anotherPeerHash ? "somebody else" : identity.peerId());
    byte[] reportData = Node.concat(nonce, hash);
    if (mock) {
      return DstackAgent.mockQuote(reportData);
    }
    if (quoteBytes.isPresent()) {
      return quoteBytes.get().toArray();
    }
    if (sgx) {
      return platform.loadEnclave("enclave").quote(reportData);
    }
    byte[] quote = platform.launch(image).quote(reportData);
    if (tampered) {
      quote[MR_SEAM] ^= 1;
    }
    return quote;
  }
}
