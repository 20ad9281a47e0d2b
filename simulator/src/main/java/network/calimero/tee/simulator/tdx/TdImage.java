package network.calimero.tee.simulator.tdx;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.FixedLayout;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.quote.TdField;

/**
 * What a trust domain is launched from: the initial measurement, the boot events that its firmware
 * and loader measure, and its attributes. Immutable.
 */
public final class TdImage {
  private static final long BOOT_EVENT_TYPE = 0x80000003L;
  private static final long KERNEL_EVENT_TYPE = 6;

  private final FixedLayout<TdField> fields;
  private final List<MeasuredEvent> boot;

  private TdImage(FixedLayout<TdField> fields, List<MeasuredEvent> boot) {
    this.fields = fields;
    this.boot = List.copyOf(boot);
  }

  /**
   * An image that a name stands for: MRTD and two boot events in each of RTMR0, RTMR1 and RTMR2 are
   * hashes of the name; RTMR3 is empty. Debug is off, SEPT_VE_DISABLE on.
   */
  public static TdImage named(String name) {
    FixedLayout<TdField> fields = new FixedLayout<>(TdField.class);
    fields.set(TdField.MR_TD, Hash.sha384(name + "/mrtd"));
    fields.setBit(TdField.TD_ATTRIBUTES, TdField.SEPT_VE_DISABLE_BIT, true);
    fields.set(TdField.XFAM, "e702060000000000");
    List<MeasuredEvent> boot = new ArrayList<>();
    for (int register = 0; register < 3; register++) {
      byte[] first = Hash.sha384(name + "/rtmr" + register + "/0");
      byte[] second = Hash.sha384(name + "/rtmr" + register + "/1");
      boot.add(MeasuredEvent.boot(register, BOOT_EVENT_TYPE, first));
      boot.add(MeasuredEvent.boot(register, KERNEL_EVENT_TYPE, second));
    }
    return new TdImage(fields, boot);
  }

  /** The same with a field set: attributes, XFAM, MRCONFIGID, owner, MRTD, service TD. */
  public TdImage with(TdField field, byte[] value) {
    return new TdImage(fields.copy().set(field, value), boot);
  }

  /** The same with a field set from hex. */
  public TdImage with(TdField field, String hex) {
    return with(field, Bytes.unhex(hex));
  }

  /**
   * The same with a register that starts at a value and has no boot events: for measurements known
   * only as values. Its event log then does not replay to it.
   */
  public TdImage withRtmr(int register, byte[] value) {
    List<MeasuredEvent> kept = boot.stream().filter(e -> e.register() != register).toList();
    return new TdImage(fields.copy().set(TdField.rtmr(register), value), kept);
  }

  /** The same with one more boot event. */
  public TdImage withBootEvent(int register, byte[] digest) {
    List<MeasuredEvent> more = new ArrayList<>(boot);
    more.add(MeasuredEvent.boot(register, KERNEL_EVENT_TYPE, digest));
    return new TdImage(fields, more);
  }

  /** The same with a bit of the TD attributes set or cleared. */
  public TdImage withAttribute(int bit, boolean on) {
    return new TdImage(fields.copy().setBit(TdField.TD_ATTRIBUTES, bit, on), boot);
  }

  /** The same with the debug attribute: the host may look inside. */
  public TdImage debug() {
    return withAttribute(TdField.DEBUG_BIT, true);
  }

  /** The same without SEPT_VE_DISABLE. */
  public TdImage septVeDisableOff() {
    return withAttribute(TdField.SEPT_VE_DISABLE_BIT, false);
  }

  /** The same with a service TD bound to it, which a TD report 1.5 shows. */
  public TdImage serviceTd() {
    return with(TdField.MR_SERVICE_TD, Hash.sha384("service TD"));
  }

  FixedLayout<TdField> fields() {
    return fields.copy();
  }

  List<MeasuredEvent> boot() {
    return boot;
  }
}
