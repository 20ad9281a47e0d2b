package network.calimero.tee.functions.admission;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.fleet.RegistrationHash;
import network.calimero.tee.quote.ReportData;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node's side of a registration.
 *
 * @param csr as it is sent
 */
record Node(String peerId, SimulatedTdxMachine machine, Optional<String> csr) {
  private static final String ACCOUNT = "abababab";
  private static final String RELAY = "https://r.example";
  private static final Bytes ZEROS = Bytes.of(new byte[32]);

  Node(SimulatedTdxMachine machine) {
    this("12D3KooWPeer", machine, Optional.empty());
  }

  /** As the newest sidecar registers. */
  ObjectNode registers(String challenge) {
    return registration(challenge, Bytes.fromHex(Scene.CONSTANT));
  }

  /** As a sidecar beside an older merod does: through public {@code attest}. */
  ObjectNode registersByAttest(String challenge) {
    return registration(challenge, ZEROS);
  }

  ObjectNode registration(String challenge, Bytes suffix) {
    Bytes hash = new RegistrationHash(challenge, peerId, ACCOUNT, RELAY, csr).value();
    return says(challenge)
        .put("quote", quote(ReportData.of(hash, suffix)))
        .put("quote_binding", "registration");
  }

  /** Without a quote. */
  ObjectNode says(String challenge) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("peer_id", peerId).put("mrtd", mrtd());
    body.put("executor_account", ACCOUNT).put("relay_url", RELAY).put("challenge", challenge);
    csr.ifPresent(text -> body.put("csr", text));
    return body;
  }

  String mrtd() {
    return Bytes.of(machine.mrTd()).hex();
  }

  String quote(ReportData reportData) {
    return Base64.getEncoder().encodeToString(machine.quote(reportData.value().toArray()));
  }

  static ObjectNode changed(ObjectNode body, Consumer<ObjectNode> change) {
    ObjectNode copy = body.deepCopy();
    change.accept(copy);
    return copy;
  }

  static String quoteOf(ObjectNode body) {
    return body.get("quote").stringValue();
  }
}
