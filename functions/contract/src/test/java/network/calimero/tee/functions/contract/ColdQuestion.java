package network.calimero.tee.functions.contract;

import java.time.Instant;
import java.util.Base64;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.tdx.TdImage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a new function is asked first: to verify a pasted quote of a platform that Intel did not
 * certify. That takes everything but the network: the quote is parsed, and its chain read up to the
 * root, which is refused.
 */
final class ColdQuestion {
  private static final String QUOTE =
      Base64.getEncoder()
          .encodeToString(
              SimulatedPlatform.at(Instant.parse("2026-10-01T12:00:00Z"))
                  .launch(TdImage.named("node"))
                  .quote(new byte[64]));

  private ColdQuestion() {}

  static Ask ask() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putObject("attestation").put("quoteB64", QUOTE);
    return Ask.post("/api/verify", body.toString());
  }

  static void require(Reply reply) {
    if (reply.status() != 200) {
      throw new IllegalStateException("the first answer was " + reply.status());
    }
  }
}
