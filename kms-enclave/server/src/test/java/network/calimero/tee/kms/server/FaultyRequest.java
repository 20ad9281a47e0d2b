package network.calimero.tee.kms.server;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.kms.server.Node.Challenge;
import network.calimero.tee.kms.server.SwitchedKms.Recording;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.AgentFault;
import network.calimero.tee.simulator.dstack.DstackAgent;
import network.calimero.tee.simulator.tdx.TdImage;
import tools.jackson.databind.json.JsonMapper;

/** A request that is right in everything but what it was told to get wrong. */
final class FaultyRequest {
  private static final int TD_BODY = 48;
  private static final int MR_SEAM = TD_BODY + 16;

  private final RefusalSite site;
  private final Node identity;
  private final Map<String, Object> overrides = new LinkedHashMap<>();
  private final Set<String> removed = new HashSet<>();
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
  private boolean sealingRequired;
  private boolean expired;
  private boolean policyNotReady;
  private boolean storeNotLookedUp;
  private Recording recording = Recording.AS_EVER;
  private String path = "/get-key";
  private String method = "POST";
  private String contentType = "application/json";
  private boolean notJson;
  private boolean tooLarge;

  FaultyRequest(RefusalSite site) {
    this.site = site;
    this.platform = site.site().platform;
    this.identity = site.site().node();
  }

  void field(String name, String value) {
    removed.remove(name);
    overrides.put(name, value);
  }

  void remove(String name) {
    removed.add(name);
  }

  void unknownPath() {
    path = "/get-keys";
  }

  void otherMethod() {
    method = "PUT";
  }

  void notSaidToBeJson() {
    contentType = "text/plain";
  }

  void tooLarge() {
    tooLarge = true;
  }

  void notJson() {
    notJson = true;
  }

  void policyNotReady() {
    policyNotReady = true;
  }

  void notSealedWhereRequired() {
    sealingRequired = true;
    remove("sealToB64");
  }

  void expiredChallenge() {
    expired = true;
  }

  void storeNotLookedUp() {
    storeNotLookedUp = true;
  }

  void recording(Recording comesTo) {
    recording = comesTo;
  }

  /** The quote is bound to the peer only. */
  void plainQuoteWithKeyToSealTo() {
    field("sealToB64", Node.base64(site.oneTime().publicKey().value().toArray()));
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
    HttpRequest request = http(fields(challenge));
    if (expired) {
      site.site().clock.advance(site.site().config().challengeTtl());
    }
    if (noKey) {
      site.site().agent.fault("GetKey", new AgentFault.Failure(500, "the sealing key is broken"));
    }
    try (var _ = site.switched().to(!policyNotReady, !storeNotLookedUp, recording)) {
      return kms().send(request);
    } finally {
      site.site().agent.clearFaults();
    }
  }

  /** As production builds it, as far as that can be in such a state. */
  private KmsHttp kms() {
    if (sealingRequired) {
      return site.switched().sealing;
    }
    return isSwitched() ? site.switched().plain : site.site().http;
  }

  private boolean isSwitched() {
    return sealingRequired || policyNotReady || storeNotLookedUp || recording != Recording.AS_EVER;
  }

  private Map<String, Object> fields(Challenge challenge) {
    Map<String, Object> fields = identity.request(challenge, quote(challenge));
    fields.putAll(overrides);
    fields.keySet().removeAll(removed);
    return fields;
  }

  private HttpRequest http(Map<String, Object> fields) {
    String json = JsonMapper.shared().writeValueAsString(fields);
    String body = notJson ? json.substring(1) : json;
    String padded = tooLarge ? body + " ".repeat(64 * 1024 + 1 - body.length()) : body;
    return kms()
        .request(path)
        .setHeader("Content-Type", contentType)
        .method(method, BodyPublishers.ofString(padded))
        .build();
  }

  private void use(Node owner, Challenge challenge) {
    KmsHttp kms = isSwitched() ? site.switched().plain : site.site().http;
    KmsHttp.Answer answer = kms.post("/get-key", owner.request(challenge));
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
