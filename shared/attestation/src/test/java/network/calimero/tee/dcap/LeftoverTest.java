package network.calimero.tee.dcap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Der;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.simulator.pki.PckCa;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One more element at the end of any structure of a certificate or CRL is refused. */
class LeftoverTest {
  private static final int CONSTRUCTED = 0x20;
  private static final byte[] NULL = {5, 0};
  private static final String ECDSA_WITH_SHA256 = "2a8648ce3d040302";

  @Test
  void inACertificate() throws Exception {
    Bytes certificate = Bytes.of(Scenario.PKI.pckCa(PckCa.PLATFORM).der());
    // Names are compared as they are: the fourth and sixth part of what is signed.
    int structures = refuseEverywhere(certificate, Set.of("0.3", "0.5"), Certificate::parse);
    assertThat(structures).isGreaterThan(12);
  }

  @Test
  void inACrl() throws Exception {
    Bytes crl = Bytes.of(Scenario.PKI.rootCrl(c -> c.revoke(Scenario.PKI.tcbSigning())));
    int structures = refuseEverywhere(crl, Set.of("0.2"), Crl::parse);
    assertThat(structures).isGreaterThan(9);
  }

  @Test
  void afterANumberInAnExtension() {
    Bytes crl = Bytes.of(Scenario.PKI.rootCrl(c -> c.number(BigInteger.valueOf(256))));
    refused(crl, "040402020100", "040402010100", Crl::parse, "1 bytes after the end");
  }

  @Test
  void reasonsOfRevocationAreOfTheirType() {
    Bytes crl = Bytes.of(Scenario.PKI.rootCrl(c -> c.revoke(Scenario.PKI.tcbSigning())));
    refused(crl, "04030a0101", "0403020101", Crl::parse, "tag 0x02 where 0x0a belongs");
  }

  @Test
  void signaturesAreOfTheOneAlgorithm() {
    Bytes certificate = Bytes.of(Scenario.PKI.pckCa(PckCa.PLATFORM).der());
    String other = ECDSA_WITH_SHA256.substring(0, 14) + "03";
    refused(certificate, ECDSA_WITH_SHA256, other, Certificate::parse, "not ECDSA with SHA-256");
    Bytes crl = Bytes.of(Scenario.PKI.rootCrl(c -> {}));
    refused(crl, ECDSA_WITH_SHA256, other, Crl::parse, "not ECDSA with SHA-256");
  }

  @Test
  void signaturesAreTwoNumbers() {
    Bytes algorithm = Bytes.fromHex("300a0608" + ECDSA_WITH_SHA256);
    assertThatThrownBy(() -> EcdsaSignature.of(algorithm, Bytes.fromHex("3009020101020101020101")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("3 bytes after the end");
  }

  private static void refused(Bytes der, String old, String fresh, Reader reader, String cause) {
    assertThat(der.hex()).contains(old);
    Bytes changed = Bytes.fromHex(der.hex().replace(old, fresh));
    assertThatThrownBy(() -> reader.read(changed))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(cause);
  }

  @Test
  void documentsMayBeAsLongAsTheyMay() throws Exception {
    String most = " ".repeat(JsonDocument.MAX_SIZE - 2);
    assertThat(JsonDocument.parse(Bytes.of(("{}" + most).getBytes(US_ASCII)))).isEmpty();
    ObjectNode lists = JsonMapper.shared().createObjectNode();
    ArrayNode list = lists.putArray("advisoryIDs");
    for (int i = 0; i < 1024; i++) {
      list.add("INTEL-SA-" + i);
    }
    assertThat(JsonDocument.optionalTexts(lists, "advisoryIDs")).hasSize(1024);
    byte[] pem = new byte[Certificate.MAX_PEM_SIZE];
    assertThat(Certificate.parsePem(Bytes.of(pem), 1)).isEmpty();
    assertThatThrownBy(() -> Crl.parse(Bytes.of(new byte[Crl.MAX_SIZE])))
        .hasMessageNotContaining("CRL of");
  }

  private interface Reader {
    Object read(Bytes der) throws MalformedException;
  }

  /** How many structures there were. */
  private static int refuseEverywhere(Bytes der, Set<String> names, Reader reader)
      throws MalformedException {
    reader.read(der);
    List<String> structures = new ArrayList<>();
    collect(der, "", names, structures);
    for (String place : structures) {
      Bytes longer = Bytes.of(withNullAt(der, "", place));
      assertThatThrownBy(() -> reader.read(longer))
          .as("one element more in " + place)
          .isInstanceOf(MalformedException.class);
    }
    return structures.size();
  }

  private static void collect(Bytes der, String at, Set<String> names, List<String> structures)
      throws MalformedException {
    Der.Element element = new Der(der).next();
    if ((element.tag() & CONSTRUCTED) == 0 || names.contains(at)) {
      return;
    }
    structures.add(at);
    Der children = element.reader();
    for (int i = 0; children.hasNext(); i++) {
      collect(children.next().whole(), child(at, i), names, structures);
    }
  }

  private static byte[] withNullAt(Bytes der, String at, String place) throws MalformedException {
    Der.Element element = new Der(der).next();
    if ((element.tag() & CONSTRUCTED) == 0
        || !(place + ".").startsWith(at.isEmpty() ? "" : at + ".")) {
      return der.toArray();
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Der children = element.reader();
    for (int i = 0; children.hasNext(); i++) {
      content.writeBytes(withNullAt(children.next().whole(), child(at, i), place));
    }
    if (at.equals(place)) {
      content.writeBytes(NULL);
    }
    return encoded(element.tag(), content.toByteArray());
  }

  private static String child(String at, int index) {
    return at.isEmpty() ? Integer.toString(index) : at + "." + index;
  }

  private static byte[] encoded(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
