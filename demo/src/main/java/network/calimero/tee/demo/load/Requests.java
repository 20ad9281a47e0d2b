package network.calimero.tee.demo.load;

import java.util.LinkedHashMap;
import java.util.Map;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.node.KeyRequest;
import tools.jackson.databind.json.JsonMapper;

/** Requests for keys as they travel. */
final class Requests {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Requests() {}

  static byte[] of(KeyRequest request) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("challengeId", request.challengeId());
    body.put("quoteB64", StrictBase64.encode(request.quote().toArray()));
    body.put("peerId", request.peerId());
    body.put("peerPublicKeyB64", StrictBase64.encode(request.peerPublicKey().toArray()));
    body.put("signatureB64", StrictBase64.encode(request.signature().toArray()));
    request
        .sealTo()
        .ifPresent(key -> body.put("sealToB64", StrictBase64.encode(key.value().toArray())));
    return Strangers.post("/get-key", JSON.writeValueAsBytes(body));
  }
}
