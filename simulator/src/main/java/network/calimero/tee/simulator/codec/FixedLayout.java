package network.calimero.tee.simulator.codec;

import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A record of fields of fixed size, all zero until set: every field of a binary format can be
 * changed by name, reserved ones included. Mutable; {@link #copy} before sharing.
 *
 * @param <F> the enum that names the fields in their order
 */
public final class FixedLayout<F extends Enum<F> & Field> {
  private final Class<F> fields;
  private final Map<F, byte[]> values;

  /** All fields zero. */
  public FixedLayout(Class<F> fields) {
    this.fields = fields;
    this.values = new EnumMap<>(fields);
  }

  /** An independent copy. */
  public FixedLayout<F> copy() {
    FixedLayout<F> copy = new FixedLayout<>(fields);
    copy.values.putAll(values);
    return copy;
  }

  /** The field's bytes. */
  public byte[] get(F field) {
    byte[] value = values.get(field);
    return value == null ? new byte[field.size()] : value.clone();
  }

  /** Sets a field; the value must have the field's size. */
  public FixedLayout<F> set(F field, byte[] value) {
    if (value.length != field.size()) {
      throw new IllegalArgumentException(
          field + " has " + field.size() + " bytes, not " + value.length);
    }
    values.put(field, value.clone());
    return this;
  }

  /** Sets every field as another layout has it. */
  public FixedLayout<F> setAll(FixedLayout<F> other) {
    values.clear();
    values.putAll(other.values);
    return this;
  }

  /** Sets a field from hex. */
  public FixedLayout<F> set(F field, String hex) {
    return set(field, Bytes.unhex(hex));
  }

  /** Sets a field to a little-endian number. */
  public FixedLayout<F> set(F field, long number) {
    return set(field, Bytes.littleEndian(number, field.size()));
  }

  /** Sets or clears one bit, counted from the lowest of the first byte. */
  public FixedLayout<F> setBit(F field, int bit, boolean on) {
    return set(field, Bytes.withBit(get(field), bit, on));
  }

  /** Changes a field by its present value. */
  public FixedLayout<F> change(F field, UnaryOperator<byte[]> change) {
    return set(field, change.apply(get(field)));
  }

  /** All fields in their order. */
  public byte[] encode() {
    return encode(Set.of(fields.getEnumConstants()));
  }

  /** The chosen fields in their order. */
  public byte[] encode(Set<F> chosen) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (F field : fields.getEnumConstants()) {
      if (chosen.contains(field)) {
        out.writeBytes(get(field));
      }
    }
    return out.toByteArray();
  }
}
