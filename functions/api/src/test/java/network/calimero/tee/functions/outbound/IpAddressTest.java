package network.calimero.tee.functions.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import network.calimero.tee.bytes.Bytes;
import org.junit.jupiter.api.Test;

class IpAddressTest {
  private static final long SEED = 20260304;

  private static AddressKind kind(String text) {
    return IpAddress.parse(text).orElseThrow().kind();
  }

  @Test
  void plainSpellingsAreReadAsTheJdkReadsThem() throws Exception {
    for (String text :
        List.of(
            "0.0.0.0",
            "1.2.3.4",
            "255.255.255.255",
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "1::8",
            "1:2:3:4:5:6:1.2.3.4",
            "::1.2.3.4",
            "fE80::AbC",
            "::ffff:1.2.3.4",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8")) {
      assertThat(IpAddress.parse(text))
          .as(text)
          .contains(IpAddress.of(InetAddress.getByName(text)));
    }
  }

  @Test
  void otherSpellingsAreNone() {
    for (String text :
        List.of(
            "",
            "1",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.04",
            "1.2.3.256",
            "1.2.3.-4",
            "1.2.3.+4",
            "0x1.2.3.4",
            " 1.2.3.4",
            "1.2.3.4 ",
            "\u0661.2.3.4",
            ":",
            ":::",
            "1:",
            ":1",
            "1:::2",
            "1::2::3",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4::5:6:7:8",
            "12345::",
            "::1%1",
            "[::1]",
            "::1.2.3",
            "1.2.3.4::",
            "::1.2.3.4:5",
            "::g",
            "::\uff11",
            "1:2:3:4:5:6:7:1.2.3.4")) {
      assertThat(IpAddress.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(bytes);
      IpAddress address = new IpAddress(Bytes.of(bytes));
      assertThat(IpAddress.parse(address.toString())).contains(address);
    }
  }

  @Test
  void ipv4InsideIpv6IsIpv4() {
    assertThat(IpAddress.parse("::ffff:10.0.0.1")).isEqualTo(IpAddress.parse("10.0.0.1"));
  }

  /** First and last of each range, and their neighbours. */
  @Test
  void rangesBeginAndEndWhereTheyShould() {
    assertThat(kind("9.255.255.255")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("10.0.0.0")).isEqualTo(AddressKind.PRIVATE);
    assertThat(kind("10.255.255.255")).isEqualTo(AddressKind.PRIVATE);
    assertThat(kind("11.0.0.0")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("100.63.255.255")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("100.64.0.0")).isEqualTo(AddressKind.PRIVATE);
    assertThat(kind("100.127.255.255")).isEqualTo(AddressKind.PRIVATE);
    assertThat(kind("100.128.0.0")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("172.15.255.255")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("172.32.0.0")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("198.17.255.255")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("198.20.0.0")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("223.255.255.255")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("224.0.0.0")).isEqualTo(AddressKind.MULTICAST);
    assertThat(kind("240.0.0.0")).isEqualTo(AddressKind.RESERVED);
    assertThat(kind("1fff::")).isEqualTo(AddressKind.RESERVED);
    assertThat(kind("2000::")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("2001:1ff::1")).isEqualTo(AddressKind.RESERVED);
    assertThat(kind("2001:200::1")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("3ffe::")).isEqualTo(AddressKind.PUBLIC);
    assertThat(kind("4000::")).isEqualTo(AddressKind.RESERVED);
    assertThat(kind("fbff::")).isEqualTo(AddressKind.RESERVED);
  }

  @Test
  void whateverTheJdkKnowsToBeLocalIsNotPublic() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(bytes);
      InetAddress jdk = InetAddress.getByAddress(bytes);
      if (jdk.isAnyLocalAddress()
          || jdk.isLoopbackAddress()
          || jdk.isLinkLocalAddress()
          || jdk.isSiteLocalAddress()
          || jdk.isMulticastAddress()) {
        assertThat(IpAddress.of(jdk).kind()).as("%s", jdk).isNotEqualTo(AddressKind.PUBLIC);
      }
    }
  }
}
