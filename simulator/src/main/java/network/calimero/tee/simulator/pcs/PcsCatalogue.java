package network.calimero.tee.simulator.pcs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import network.calimero.tee.simulator.http.HttpAnswer;
import network.calimero.tee.simulator.http.HttpCall;
import network.calimero.tee.simulator.pki.Pem;
import org.jspecify.annotations.Nullable;

/** What the service knows, by the parameters under which it is asked for. */
final class PcsCatalogue {
  private static final String VERSION = "/certification/v4/";
  private static final String STANDARD = "standard";
  private static final String CRL_TYPE = "application/x-pem-file";
  private static final String END_OF_CERTIFICATE = "-----END CERTIFICATE-----\n";
  private static final Pattern EVALUATION =
      Pattern.compile("\"tcbEvaluationDataNumber\"\\s*:\\s*(\\d+)");

  private static final DocumentKind TCB_INFO =
      new DocumentKind(SimulatedCollateral.TCB_INFO, "tcbInfo", "TCB-Info-Issuer-Chain");
  private static final DocumentKind QE_IDENTITY =
      new DocumentKind(
          SimulatedCollateral.QE_IDENTITY, "enclaveIdentity", "SGX-Enclave-Identity-Issuer-Chain");

  private final Map<String, HttpAnswer> answers = new ConcurrentHashMap<>();
  private final List<PckCertificate> pckCertificates = new CopyOnWriteArrayList<>();

  void clear() {
    answers.clear();
    pckCertificates.clear();
  }

  /** Puts every part that is there under its parameters, in place of what was there. */
  void put(PcsPlace place, String update, SimulatedCollateral collateral) {
    putCrls(place, collateral);
    document(collateral, TCB_INFO)
        .ifPresent(answer -> putSet("tcb/" + place.tee() + "/" + place.fmspc(), update, answer));
    document(collateral, QE_IDENTITY)
        .ifPresent(answer -> putSet("qe/" + place.tee(), update, answer));
  }

  void putPck(Map<String, String> parameters, String chain) {
    int end = chain.indexOf(END_OF_CERTIFICATE) + END_OF_CERTIFICATE.length();
    HttpAnswer leaf = HttpAnswer.ok(CRL_TYPE, chain.substring(0, end).getBytes(US_ASCII));
    HttpAnswer answer = withChain(leaf, "SGX-PCK-Certificate-Issuer-Chain", chain.substring(end));
    pckCertificates.add(new PckCertificate(Map.copyOf(parameters), answer));
  }

  Optional<HttpAnswer> find(HttpCall request) {
    return switch (request.path()) {
      case "/sgx" + VERSION + "pckcrl" -> pckCrl(request);
      case "/sgx" + VERSION + "rootcacrl" -> answer("rootcacrl/hex");
      case "/IntelSGXRootCA.der" -> answer("rootcacrl/der");
      case "/sgx" + VERSION + "pckcert" -> pckCertificate(request);
      case "/sgx" + VERSION + "tcb" -> tcbInfo(Tee.SGX, request);
      case "/tdx" + VERSION + "tcb" -> tcbInfo(Tee.TDX, request);
      case "/sgx" + VERSION + "qe/identity" -> inSet("qe/" + Tee.SGX, request);
      case "/tdx" + VERSION + "qe/identity" -> inSet("qe/" + Tee.TDX, request);
      default -> Optional.empty();
    };
  }

  private void putCrls(PcsPlace place, SimulatedCollateral collateral) {
    collateral
        .find(SimulatedCollateral.ROOT_CA_CRL)
        .ifPresent(hex -> {
          byte[] text = hex.getBytes(US_ASCII);
          answers.put("rootcacrl/hex", HttpAnswer.ok("text/plain", text));
          answers.put("rootcacrl/der", HttpAnswer.ok("application/pkix-crl", Bytes.unhex(hex)));
        });
    Optional<String> crl = collateral.find(SimulatedCollateral.PCK_CRL);
    Optional<String> chain = collateral.find(SimulatedCollateral.PCK_CRL_ISSUER_CHAIN);
    if (crl.isPresent() && chain.isPresent()) {
      byte[] der = Bytes.unhex(crl.get());
      byte[] pem = Pem.crl(der).getBytes(US_ASCII);
      String key = "pckcrl/" + place.ca().query();
      String header = "SGX-PCK-CRL-Issuer-Chain";
      HttpAnswer binary = HttpAnswer.ok("application/pkix-crl", der);
      answers.put(key + "/der", withChain(binary, header, chain.get()));
      HttpAnswer text = HttpAnswer.ok(CRL_TYPE, pem);
      answers.put(key + "/pem", withChain(text, header, chain.get()));
    }
  }

  /** Under the wanted update channel and under its own number. */
  private void putSet(String key, String update, HttpAnswer answer) {
    answers.put(key + "/" + update, answer);
    Matcher number = EVALUATION.matcher(new String(answer.body(), UTF_8));
    if (number.find()) {
      answers.put(key + "/" + number.group(1), answer);
    }
  }

  private Optional<HttpAnswer> tcbInfo(Tee tee, HttpCall request) {
    String fmspc = request.query().getOrDefault("fmspc", "").toUpperCase(Locale.ROOT);
    return inSet("tcb/" + tee + "/" + fmspc, request);
  }

  /** By evaluation number if asked for, else by channel; early falls back to standard. */
  private Optional<HttpAnswer> inSet(String key, HttpCall request) {
    String number = request.query().get("tcbEvaluationDataNumber");
    if (number != null) {
      return answer(key + "/" + number);
    }
    String update = request.query().getOrDefault("update", STANDARD);
    return answer(key + "/" + update).or(() -> answer(key + "/" + STANDARD));
  }

  private Optional<HttpAnswer> pckCrl(HttpCall request) {
    String encoding = request.query().getOrDefault("encoding", "pem");
    return answer("pckcrl/" + request.query().get("ca") + "/" + encoding);
  }

  private Optional<HttpAnswer> pckCertificate(HttpCall request) {
    return pckCertificates.stream()
        .filter(certificate -> certificate.fits(request))
        .map(PckCertificate::answer)
        .findFirst();
  }

  private Optional<HttpAnswer> answer(String key) {
    return Optional.ofNullable(answers.get(key));
  }

  /** Wraps text and signature without touching the text: the signature covers its exact bytes. */
  private static Optional<HttpAnswer> document(SimulatedCollateral from, DocumentKind kind) {
    Optional<String> text = from.find(kind.text());
    Optional<String> signature = from.find(kind.text() + "_signature");
    Optional<String> chain = from.find(kind.text() + "_issuer_chain");
    if (text.isEmpty() || signature.isEmpty() || chain.isEmpty()) {
      return Optional.empty();
    }
    String body =
        "{\"%s\":%s,\"signature\":\"%s\"}".formatted(kind.member(), text.get(), signature.get());
    HttpAnswer answer = HttpAnswer.ok("application/json", body.getBytes(UTF_8));
    return Optional.of(withChain(answer, kind.header(), chain.get()));
  }

  /** A PEM chain in a header: percent-encoded, as the service sends it. */
  private static HttpAnswer withChain(HttpAnswer answer, String header, String pem) {
    return answer.withHeader(header, URLEncoder.encode(pem, UTF_8).replace("+", "%20"));
  }

  private record DocumentKind(String text, String member, String header) {}

  private record PckCertificate(Map<String, String> parameters, HttpAnswer answer) {
    boolean fits(HttpCall request) {
      return parameters.entrySet().stream()
          .allMatch(wanted -> {
            @Nullable String sent = request.query().get(wanted.getKey());
            return sent != null && sent.equalsIgnoreCase(wanted.getValue());
          });
    }
  }
}
