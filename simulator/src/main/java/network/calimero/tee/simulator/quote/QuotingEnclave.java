package network.calimero.tee.simulator.quote;

import java.util.function.Consumer;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.FixedLayout;
import network.calimero.tee.simulator.codec.SimulatedKey;

/**
 * A platform's quoting enclave: the attestation key, the PCK key that certifies it, and what its
 * own report says. Immutable.
 */
public final class QuotingEnclave {
  private static final int QE_ID_SIZE = 16;

  private final SimulatedKey attestationKey;
  private final SimulatedKey pckKey;
  private final FixedLayout<EnclaveField> report;
  private final byte[] authData;
  private final CertificationData certification;
  private final Consumer<QuoteBuilder> everyQuote;

  /**
   * A quoting enclave.
   *
   * @param report its own report, without report data
   * @param authData its authentication data, 32 bytes in real ones
   * @param certification how its quotes name the PCK certificate
   * @param everyQuote a change to each of its quotes
   */
  public QuotingEnclave(
      SimulatedKey attestationKey,
      SimulatedKey pckKey,
      FixedLayout<EnclaveField> report,
      byte[] authData,
      CertificationData certification,
      Consumer<QuoteBuilder> everyQuote) {
    this.attestationKey = attestationKey;
    this.pckKey = pckKey;
    this.report = report.copy();
    this.authData = authData.clone();
    this.certification = certification;
    this.everyQuote = everyQuote;
  }

  /**
   * A quote in a format: {@code body} fills it, then come the changes to every quote, then {@code
   * change}, which has the last word.
   */
  public byte[] quote(
      QuoteFormat format, Consumer<QuoteBuilder> body, Consumer<QuoteBuilder> change) {
    QuoteBuilder builder =
        new QuoteBuilder(attestationKey, pckKey, report.copy(), authData, certification);
    builder.format(format);
    byte[] qeId = Bytes.fit(attestationKey.keyId(), QE_ID_SIZE);
    builder.header(h -> h.set(HeaderField.USER_DATA, Bytes.fit(qeId, 20)));
    body.andThen(everyQuote).andThen(change).accept(builder);
    return builder.build();
  }
}
