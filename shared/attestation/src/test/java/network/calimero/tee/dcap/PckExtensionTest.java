package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import org.junit.jupiter.api.Test;

/**
 * What {@code PckChainFaultsTest} cannot say with well-formed certificates: fields more than once.
 */
class PckExtensionTest {
  private static final String OID = "2a864886f84d010d01";

  @Test
  void everyFieldIsRead() throws Exception {
    PckExtension extension = read(fields -> {});
    assertThat(extension.ppid().hex()).isEqualTo("01".repeat(16));
    assertThat(extension.components())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    assertThat(extension.pceSvn()).isEqualTo(17);
    assertThat(extension.pceId().hex()).isEqualTo("0300");
    assertThat(extension.fmspc().hex()).isEqualTo("040404040404");
    assertThat(extension.sgxType()).isEqualTo(1);
  }

  @Test
  void furtherFieldsAreNotJudged() throws Exception {
    assertThat(read(fields -> fields.add(entry(OID + "06", octets("06".repeat(16))))).sgxType())
        .isEqualTo(1);
  }

  @Test
  void aFieldTwiceIsRefused() {
    refused("holds a field twice", f -> f.add(entry(OID + "01", octets("01".repeat(16)))));
    refused("has two TCBs", f -> f.add(entry(OID + "02", tcb(List.of()))));
    refused("holds a field twice", f -> f.add(entry(OID + "03", octets("0300"))));
    refused("holds a field twice", f -> f.add(entry(OID + "04", octets("04".repeat(6)))));
    refused("names its type twice", f -> f.add(entry(OID + "05", "0a0101")));
    refused(
        "names its type twice",
        f -> {
          f.set(4, entry(OID + "05", "0a0100"));
          f.add(entry(OID + "05", "0a0101"));
        });
  }

  @Test
  void sgxTypesAreZeroToTwo() throws Exception {
    for (int type = 0; type <= 2; type++) {
      String known = "0a010" + type;
      assertThat(read(f -> f.set(4, entry(OID + "05", known))).sgxType()).isEqualTo(type);
    }
    refused("names type 3", f -> f.set(4, entry(OID + "05", "0a0103")));
    refused("names type -1", f -> f.set(4, entry(OID + "05", "0a01ff")));
    refused("number of 0 octets", f -> f.set(4, entry(OID + "05", "0a00")));
    refused("tag 0x02 where 0x0a", f -> f.set(4, entry(OID + "05", "020101")));
  }

  @Test
  void theTcbHasEachOfItsFieldsOnce() {
    refused("TCB component 1 is unknown or there twice", tcb("01", "020101"));
    refused("TCB component 17 is unknown or there twice", tcb("11", "020111"));
    refused("holds a field twice", tcb("12", octets("05".repeat(16))));
    refused("TCB component 0 is unknown or there twice", tcb("00", "020101"));
    refused("TCB component 19 is unknown or there twice", tcb("13", "020101"));
    refused("TCB of the SGX extension holds " + OID + "0301", tcb(OID + "0301", "020101", ""));
    refused("TCB of the SGX extension holds " + OID + "02", tcb(OID + "02", "020101", ""));
    refused("TCB of the SGX extension holds " + OID + "020101", tcb(OID + "020101", "020101", ""));
    refused("is incomplete", f -> f.set(1, entry(OID + "02", tcb(allBut(18)))));
    refused("is incomplete", f -> f.set(1, entry(OID + "02", tcb(allBut(17)))));
    refused("is incomplete", f -> f.set(1, entry(OID + "02", tcb(allBut(16)))));
    refused("is incomplete", f -> f.set(1, entry(OID + "02", tcb(allBut(1)))));
  }

  @Test
  void nothingIsLeftOver() {
    refused("2 bytes after the end", f -> f.set(2, entry(OID + "03", octets("0300") + "0500")));
    refused("2 bytes after the end", f -> f.set(5, entry(OID + "06", "05000500")));
    refused("2 bytes after the end", tcb(OID + "0212", octets("05".repeat(16)), "0500"));
  }

  private static Consumer<List<String>> tcb(String component, String value) {
    return tcb(OID + "02" + component, value, "");
  }

  private static Consumer<List<String>> tcb(String oid, String value, String more) {
    List<String> components = new ArrayList<>(allBut(0));
    components.addFirst(entry(oid, value + more));
    return fields -> fields.set(1, entry(OID + "02", tcb(components)));
  }

  private static PckExtension read(Consumer<List<String>> change) throws MalformedException {
    List<String> fields =
        new ArrayList<>(
            List.of(
                entry(OID + "01", octets("01".repeat(16))),
                entry(OID + "02", tcb(allBut(0))),
                entry(OID + "03", octets("0300")),
                entry(OID + "04", octets("04".repeat(6))),
                entry(OID + "05", "0a0101"),
                entry(OID + "07", "3000")));
    change.accept(fields);
    return PckExtension.read(Bytes.fromHex(sequence(String.join("", fields))));
  }

  private static void refused(String cause, Consumer<List<String>> change) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> read(change))
        .withMessageContaining(cause);
  }

  private static List<String> allBut(int left) {
    List<String> components = new ArrayList<>();
    for (int i = 1; i <= 18; i++) {
      if (i != left) {
        String value = i == 18 ? octets("05".repeat(16)) : "0201%02x".formatted(i);
        components.add(entry(OID + "02%02x".formatted(i), value));
      }
    }
    return components;
  }

  private static String tcb(List<String> components) {
    return sequence(String.join("", components));
  }

  private static String entry(String oid, String value) {
    return sequence("06%02x".formatted(oid.length() / 2) + oid + value);
  }

  private static String octets(String hex) {
    return "04%02x".formatted(hex.length() / 2) + hex;
  }

  private static String sequence(String content) {
    int length = content.length() / 2;
    String size = length < 0x80 ? "%02x" : length < 0x100 ? "81%02x" : "82%04x";
    return "30" + size.formatted(length) + content;
  }
}
