package network.calimero.tee.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.DcapVerifier;
import network.calimero.tee.dcap.TrustAnchor;
import network.calimero.tee.dcap.VerifiedQuote;
import network.calimero.tee.dcap.VerifierOptions;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.dstack.DstackApp;
import network.calimero.tee.simulator.dstack.EventLogDocument;
import network.calimero.tee.simulator.tdx.MeasuredEvent;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A simulated dstack guest: what its app measures, its log, and its quotes, verified. */
final class Guest {
  static final DstackApp APP = DstackApp.named("app");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final SimulatedPlatform PLATFORM = SimulatedPlatform.at(NOW);

  private final SimulatedTdxMachine machine;

  private Guest(SimulatedTdxMachine machine) {
    this.machine = machine;
  }

  /** One that has booted as dstack does. */
  static Guest booted() {
    return new Guest(APP.launch(PLATFORM, TdImage.named("guest")));
  }

  /** One whose operating system has measured nothing yet. */
  static Guest bare() {
    return of(TdImage.named("guest"));
  }

  static Guest of(TdImage image) {
    return new Guest(PLATFORM.launch(image));
  }

  Guest measures(String name, byte[] payload) {
    machine.measure(MeasuredEvent.runtime(name, payload));
    return this;
  }

  Guest measures(String name, String payload) {
    return measures(name, payload.getBytes(UTF_8));
  }

  /** Extends a register without a word in the log. */
  Guest extendsSilently(int register) {
    machine.extend(register, new byte[48]);
    return this;
  }

  /** Its event log, to be changed. */
  ArrayNode log() {
    return EventLogDocument.of(machine);
  }

  VerifiedQuote quote() throws Exception {
    return verify(machine.quote(new byte[64]), PLATFORM.collateral().json());
  }

  static VerifiedQuote enclaveQuote() throws Exception {
    return verify(
        PLATFORM.loadEnclave("enclave").quote(new byte[64]), PLATFORM.sgxCollateral().json());
  }

  private static VerifiedQuote verify(byte[] quote, String collateral) throws Exception {
    TrustAnchor anchor = TrustAnchor.of(Bytes.of(PLATFORM.pki().root().der()));
    return new DcapVerifier(anchor, VerifierOptions.STRICT)
        .verify(
            Quote.parse(quote), CollateralJson.parse(Bytes.of(collateral.getBytes(UTF_8))), NOW);
  }

  /** The indices of events that extend that register. */
  static List<Integer> of(ArrayNode log, int register) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).get("imr").intValue() == register) {
        indices.add(i);
      }
    }
    return indices;
  }

  /** The first event of that name. */
  static ObjectNode named(ArrayNode log, String name) {
    return (ObjectNode) log.get(indexOf(log, name));
  }

  static int indexOf(ArrayNode log, String name) {
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).get("event").stringValue().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no event " + name);
  }
}
