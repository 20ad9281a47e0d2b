package network.calimero.tee.collateral.pcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import network.calimero.tee.quote.Fmspc;
import network.calimero.tee.quote.TeeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcsBaseTest {
  @Test
  void intelsRootCrlIsAtItsDistributionPoint() {
    assertThat(PcsBase.INTEL.url()).hasToString("https://api.trustedservices.intel.com");
    assertThat(PcsBase.INTEL.rootCrl())
        .hasToString("https://certificates.trustedservices.intel.com/IntelSGXRootCA.der");
    assertThat(PcsBase.of("https://API.trustedservices.intel.com/").rootCrl())
        .isEqualTo(PcsBase.INTEL.rootCrl());
  }

  @ParameterizedTest
  @CsvSource({
    "https://host:8081, https://host:8081",
    "http://127.0.0.1:1/, http://127.0.0.1:1",
    "' https://host/pccs// ', https://host/pccs",
    "https://host:8081/sgx/certification/v4/, https://host:8081",
    "https://host/pccs/sgx/certification/v4, https://host/pccs",
  })
  void aBaseUrlCanHaveAPathAndTheEndThatIntelsToolsWrite(String text, String url) {
    PcsBase base = PcsBase.of(text);

    assertThat(base.url()).hasToString(url);
    assertThat(base.rootCrl()).hasToString(url + "/sgx/certification/v4/rootcacrl");
    assertThat(new Item.TcbInfo(TeeType.TDX, Fmspc.fromHex("00906ed50000")).at(base))
        .hasToString(url + "/tdx/certification/v4/tcb?fmspc=00906ED50000");
    assertThat(new Item.QeIdentity(TeeType.SGX).at(base))
        .hasToString(url + "/sgx/certification/v4/qe/identity");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://host, its scheme is ftp",
    "file:///etc/passwd, its scheme is file",
    "host:8081, its scheme is host",
    "abcdefghijklmnopqrstuvwxyz:8081, its scheme is abcdefghijklmnopqrst…",
    "//host, it has no scheme",
    "https:///path, it names no host",
    "https://user:secret@host, it carries a user or password",
    "https://host/?a=b, it has a query or fragment",
    "https://host/#a, it has a query or fragment",
    "https://host:65536, its port is above 65535",
    "https://a b, it is not a URL",
  })
  void anyOtherUrlIsRefusedWithItsReasonAndWithoutRepeatingIt(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PcsBase.of(text))
        .withMessageContaining(reason)
        .withMessageContaining("accepted is http:// or https://")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a+b%2Bc", "a%2bb+c"})
  void aPlusSignStaysOne(String text) {
    assertThat(
            new String(
                PercentEncoding.decode(text).toArray(), java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("a+b+c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "a%zz", "ä"})
  void whatIsNotPercentEncodedIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PercentEncoding.decode(text));
  }
}
