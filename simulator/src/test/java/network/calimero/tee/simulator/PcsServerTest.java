package network.calimero.tee.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.http.HttpFault;
import network.calimero.tee.simulator.pcs.PcsPlace;
import network.calimero.tee.simulator.pcs.PcsServer;
import network.calimero.tee.simulator.pcs.Tee;
import network.calimero.tee.simulator.pki.PckCa;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PcsServerTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String TDX_TCB = "/tdx/certification/v4/tcb?fmspc=";
  private static final String PCK_CRL = "/sgx/certification/v4/pckcrl?encoding=der&ca=";

  private final HttpClient client = HttpClient.newHttpClient();
  private final SimulatedPlatform platform = SimulatedPlatform.builder(NOW).seed("pcs").build();
  private PcsServer server;

  @BeforeEach
  void start() throws IOException {
    server = PcsServer.start();
    server.serve(platform.collateral()).serve(platform.sgxCollateral());
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void servesTcbInfoUnchangedWithItsSignatureAndChain() throws Exception {
    SimulatedCollateral collateral = platform.collateral();
    HttpResponse<byte[]> response = get(TDX_TCB + platform.fmspc().toLowerCase(Locale.ROOT));
    assertThat(text(response))
        .isEqualTo(
            "{\"tcbInfo\":"
                + collateral.get("tcb_info")
                + ",\"signature\":\""
                + collateral.get("tcb_info_signature")
                + "\"}");
    assertThat(chain(response, "TCB-Info-Issuer-Chain"))
        .isEqualTo(collateral.get("tcb_info_issuer_chain"));
  }

  @Test
  void servesBothQeIdentities() throws Exception {
    HttpResponse<byte[]> tdx = get("/tdx/certification/v4/qe/identity?update=standard");
    HttpResponse<byte[]> sgx = get("/sgx/certification/v4/qe/identity");
    assertThat(text(tdx)).startsWith("{\"enclaveIdentity\":{\"id\":\"TD_QE\"");
    assertThat(text(sgx)).startsWith("{\"enclaveIdentity\":{\"id\":\"QE\"");
    assertThat(chain(tdx, "SGX-Enclave-Identity-Issuer-Chain"))
        .isEqualTo(platform.collateral().get("qe_identity_issuer_chain"));
  }

  @Test
  void servesListsInTheirEncodings() throws Exception {
    SimulatedCollateral collateral = platform.collateral();
    HttpResponse<byte[]> der = get(PCK_CRL + "platform");
    assertThat(der.body()).isEqualTo(Jdk.unhex(collateral.get("pck_crl")));
    assertThat(chain(der, "SGX-PCK-CRL-Issuer-Chain"))
        .isEqualTo(collateral.get("pck_crl_issuer_chain"));
    assertThat(text(get("/sgx/certification/v4/pckcrl?ca=platform")))
        .startsWith("-----BEGIN X509 CRL-----\n");
    assertThat(text(get("/sgx/certification/v4/rootcacrl")))
        .isEqualTo(collateral.get("root_ca_crl"));
    assertThat(get("/IntelSGXRootCA.der").body())
        .isEqualTo(Jdk.unhex(collateral.get("root_ca_crl")));
  }

  @Test
  void knowsNothingItWasNotGiven() throws Exception {
    assertThat(get(TDX_TCB + "000000000000").statusCode()).isEqualTo(404);
    assertThat(get(PCK_CRL + "processor").statusCode()).isEqualTo(404);
    assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    server.serveNothing();
    assertThat(get(TDX_TCB + platform.fmspc()).statusCode()).isEqualTo(404);
  }

  @Test
  void contentCanBeSwappedAndMisplaced() throws Exception {
    SimulatedCollateral revoked =
        SimulatedPlatform.builder(NOW).platformStatus("Revoked").build().collateral();
    server.serve(revoked);
    assertThat(text(get(TDX_TCB + platform.fmspc()))).contains("Revoked");
    PcsPlace place = PcsPlace.of(revoked);
    assertThat(place).isEqualTo(new PcsPlace(Tee.TDX, platform.fmspc(), PckCa.PLATFORM));
    server.serve(place.withFmspc("0123456789ab").withCa(PckCa.PROCESSOR), revoked);
    assertThat(text(get(TDX_TCB + "0123456789AB"))).contains(platform.fmspc());
    assertThat(get(PCK_CRL + "processor").statusCode()).isEqualTo(200);
  }

  @Test
  void evaluationSetsCanBeChosen() throws Exception {
    SimulatedCollateral early =
        SimulatedPlatform.builder(NOW).evaluationDataNumber(21).build().collateral();
    server.serveEarly(early);
    String base = TDX_TCB + platform.fmspc();
    assertThat(text(get(base))).contains("\"tcbEvaluationDataNumber\":20");
    assertThat(text(get(base + "&update=early"))).contains("\"tcbEvaluationDataNumber\":21");
    assertThat(text(get(base + "&tcbEvaluationDataNumber=21"))).contains("Number\":21");
    assertThat(get(base + "&tcbEvaluationDataNumber=9").statusCode()).isEqualTo(404);
  }

  @Test
  void servesPckCertificatesByTheirParameters() throws Exception {
    server.servePckCertificate(Map.of("pcesvn", "0b00"), platform.pckChain());
    HttpResponse<byte[]> found = get("/sgx/certification/v4/pckcert?pcesvn=0B00&pceid=0000");
    assertThat(text(found)).isEqualTo(platform.pck().pem());
    assertThat(text(found) + chain(found, "SGX-PCK-Certificate-Issuer-Chain"))
        .isEqualTo(platform.pckChain());
    assertThat(get("/sgx/certification/v4/pckcert?pcesvn=0c00").statusCode()).isEqualTo(404);
  }

  @Test
  void requestsAreOnRecord() throws Exception {
    get(TDX_TCB + platform.fmspc());
    get(TDX_TCB + platform.fmspc());
    get("/sgx/certification/v4/rootcacrl");
    assertThat(server.requests()).hasSize(3);
    assertThat(server.count("/tcb?fmspc=" + platform.fmspc())).isEqualTo(2);
    assertThat(server.count("rootcacrl")).isOne();
  }

  @Test
  void faultsAreSeenByClients() throws Exception {
    String path = TDX_TCB + platform.fmspc();
    server.fault("/tcb", new HttpFault.Status(503), 1);
    assertThat(get(path).statusCode()).isEqualTo(503);
    assertThat(get(path).statusCode()).isEqualTo(200);
    server.fault("/tcb", new HttpFault.Redirect(URI.create("http://simulator.invalid/")));
    assertThat(get(path).statusCode()).isEqualTo(302);
    server.fault("/tcb", PcsServer.NO_ISSUER_CHAIN);
    assertThat(get(path).headers().firstValue("TCB-Info-Issuer-Chain")).isEmpty();
    server.fault("/tcb", new HttpFault.Oversize(200_000));
    assertThat(get(path).body()).hasSize(200_000);
    server.fault("/tcb", new HttpFault.OversizeUnannounced(200_001));
    assertThat(get(path).body()).hasSize(200_001);
    server.fault("/tcb", new HttpFault.ChangeBody(body -> new byte[] {'{'}));
    assertThat(text(get(path))).isEqualTo("{");
    server.fault("/tcb", new HttpFault.Truncate(10));
    assertThatThrownBy(() -> get(path)).isInstanceOf(IOException.class);
    assertThat(server.clearFaults().count("/tcb")).isGreaterThanOrEqualTo(8);
    assertThat(get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void delayedAnswersComeWhenTheyAreLetGo() throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    server.fault("rootcacrl", new HttpFault.Delay(gate));
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request("/sgx/certification/v4/rootcacrl"), BodyHandlers.ofByteArray());
    assertThat(get(TDX_TCB + platform.fmspc()).statusCode()).isEqualTo(200);
    assertThat(answer).isNotDone();
    gate.complete(null);
    assertThat(answer.get().statusCode()).isEqualTo(200);
  }

  @Test
  void hangingAnswersEndWithTheServer() {
    server.fault("rootcacrl", new HttpFault.HangInBody(4));
    CompletableFuture<HttpResponse<byte[]>> answer =
        client
            .sendAsync(request("/sgx/certification/v4/rootcacrl"), BodyHandlers.ofInputStream())
            .thenApply(response -> {
              server.close();
              assertThatThrownBy(() -> response.body().readAllBytes())
                  .isInstanceOf(IOException.class);
              return null;
            });
    assertThat(answer.join()).isNull();
  }

  static Stream<Path> realBundles() throws IOException {
    Path corpus = Path.of(System.getProperty("mero.corpus", "absent"), "collateral", "bundles");
    if (!Files.isDirectory(corpus)) {
      return Stream.of(Path.of("absent"));
    }
    try (Stream<Path> files = Files.list(corpus)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("realBundles")
  void realBundlesAreServedByteForByte(Path bundle) throws Exception {
    Assumptions.assumeTrue(Files.exists(bundle), "no corpus: mero.corpus does not name one");
    SimulatedCollateral collateral = SimulatedCollateral.parse(Files.readString(bundle));
    server.serveNothing().serve(collateral);
    PcsPlace place = PcsPlace.of(collateral);
    List<String> name = List.of(bundle.getFileName().toString().split("-"));
    assertThat(place.tee().segment()).isEqualTo(name.get(0));
    assertThat(place.fmspc()).isEqualToIgnoringCase(name.get(1));
    String tcb = "/" + place.tee().segment() + "/certification/v4/tcb?fmspc=" + place.fmspc();
    assertThat(text(get(tcb)))
        .startsWith("{\"tcbInfo\":" + collateral.get("tcb_info") + ",\"signature\":\"");
    HttpResponse<byte[]> crl = get(PCK_CRL + place.ca().query());
    assertThat(crl.body()).isEqualTo(Jdk.unhex(collateral.get("pck_crl")));
    assertThat(chain(crl, "SGX-PCK-CRL-Issuer-Chain"))
        .isEqualTo(collateral.get("pck_crl_issuer_chain"));
    String issuer = Jdk.crl(crl.body()).getIssuerX500Principal().getName();
    assertThat(issuer.toLowerCase(Locale.ROOT)).contains("pck " + place.ca().query() + " ca");
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(request(path), BodyHandlers.ofByteArray());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(server.baseUri().resolve(path)).build();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static String chain(HttpResponse<byte[]> response, String header) {
    return URLDecoder.decode(response.headers().firstValue(header).orElseThrow(), UTF_8);
  }
}
