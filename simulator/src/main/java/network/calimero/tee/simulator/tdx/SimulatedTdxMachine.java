package network.calimero.tee.simulator.tdx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.FixedLayout;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.quote.QuoteBuilder;
import network.calimero.tee.simulator.quote.QuoteFormat;
import network.calimero.tee.simulator.quote.QuotingEnclave;
import network.calimero.tee.simulator.quote.TdField;

/**
 * A running trust domain: MRTD is fixed, RTMRs extend, and its quoting enclave signs quotes over
 * any report data. Safe for use by several threads.
 */
public final class SimulatedTdxMachine {
  private static final List<TdField> MODULE_FIELDS =
      List.of(
          TdField.TEE_TCB_SVN,
          TdField.MR_SEAM,
          TdField.MR_SIGNER_SEAM,
          TdField.SEAM_ATTRIBUTES,
          TdField.TEE_TCB_SVN_2);

  private final QuotingEnclave quotingEnclave;
  private final QuoteFormat format;
  private final FixedLayout<TdField> state;
  private final List<MeasuredEvent> events = new ArrayList<>();

  /**
   * Launches a TD and measures its boot.
   *
   * @param module what the platform's TDX module contributes to every report: SVNs, MRSEAM, …
   * @param format the format of its quotes unless another is asked for
   */
  public SimulatedTdxMachine(
      QuotingEnclave quotingEnclave,
      FixedLayout<TdField> module,
      TdImage image,
      QuoteFormat format) {
    this.quotingEnclave = quotingEnclave;
    this.format = format;
    this.state = image.fields();
    for (TdField field : MODULE_FIELDS) {
      state.set(field, module.get(field));
    }
    image.boot().forEach(this::measure);
  }

  /** Extends a register: {@code RTMR = SHA-384(RTMR ‖ digest)}; the digest has 48 bytes. */
  public synchronized void extend(int register, byte[] digest) {
    if (digest.length != TdField.MR_TD.size()) {
      throw new IllegalArgumentException("a digest has 48 bytes, not " + digest.length);
    }
    state.change(TdField.rtmr(register), old -> Hash.sha384(old, digest));
  }

  /** Extends a register by an event and keeps the event in the log. */
  public synchronized void measure(MeasuredEvent event) {
    extend(event.register(), Bytes.unhex(event.digest()));
    events.add(event);
  }

  /** The initial measurement, 48 bytes. */
  public byte[] mrTd() {
    return field(TdField.MR_TD);
  }

  /** A run-time register as it stands, 48 bytes. */
  public byte[] rtmr(int register) {
    return field(TdField.rtmr(register));
  }

  /** Any field of its reports as it stands. */
  public synchronized byte[] field(TdField field) {
    return state.get(field);
  }

  /** The events measured so far. */
  public synchronized List<MeasuredEvent> events() {
    return List.copyOf(events);
  }

  /** A quote over report data of at most 64 bytes, padded with zeros on the right. */
  public byte[] quote(byte[] reportData) {
    return quote(reportData, quote -> {});
  }

  /** A quote with changes to any part of it. */
  public byte[] quote(byte[] reportData, Consumer<QuoteBuilder> change) {
    return quote(format, reportData, change);
  }

  /** A quote in a format, with changes to any part of it. */
  public byte[] quote(QuoteFormat as, byte[] reportData, Consumer<QuoteBuilder> change) {
    if (reportData.length > TdField.REPORT_DATA.size()) {
      throw new IllegalArgumentException("report data are at most 64 bytes");
    }
    FixedLayout<TdField> report = snapshot();
    report.set(TdField.REPORT_DATA, Bytes.fit(reportData, TdField.REPORT_DATA.size()));
    Consumer<QuoteBuilder> body = quote -> quote.td(td -> td.setAll(report));
    return quotingEnclave.quote(as, body, change);
  }

  private synchronized FixedLayout<TdField> snapshot() {
    return state.copy();
  }
}
