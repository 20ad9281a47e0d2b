package network.calimero.tee.collateral.pcs;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.Pem;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;

/** Asks one server for one document and takes the answer apart; proves nothing. */
final class PcsClient implements AutoCloseable {
  private static final int DER_SEQUENCE = 0x30;

  private final PcsHttp http;
  private final PcsLimits limits;

  PcsClient(PcsHttp http, PcsLimits limits) {
    this.http = http;
    this.limits = limits;
  }

  /** The document as that server has it. */
  Document fetch(PcsBase base, Item item) throws CollateralUnavailableException {
    URI uri = item.at(base);
    HttpResponse<Bytes> answer = http.get(uri);
    return switch (item) {
      case Item.RootCrl _ -> new Document(Bytes.EMPTY, crl(answer, uri), Bytes.EMPTY);
      case Item.PckCrl _ ->
          new Document(optionalChain(answer, item, uri), crl(answer, uri), Bytes.EMPTY);
      case Item.TcbInfo _ -> signed(answer, item, "tcbInfo", uri);
      case Item.QeIdentity _ -> signed(answer, item, "enclaveIdentity", uri);
    };
  }

  private Document signed(HttpResponse<Bytes> answer, Item item, String key, URI uri)
      throws CollateralUnavailableException {
    Bytes chain = optionalChain(answer, item, uri);
    if (chain.isEmpty()) {
      throw malformed(uri, "the header " + item.chainHeaders().getFirst() + " is missing");
    }
    try {
      SignedJson json = SignedJson.parse(answer.body(), key);
      return new Document(chain, json.text(), json.signature());
    } catch (SignedJson.NotSigned e) {
      throw malformed(uri, e.reason());
    }
  }

  /** DER, or PEM or hex of it, as PCS and PCCS answer where the encoding asked for is not known. */
  private static Bytes crl(HttpResponse<Bytes> answer, URI uri)
      throws CollateralUnavailableException {
    Bytes body = answer.body();
    if (!body.isEmpty() && body.byteAt(0) == DER_SEQUENCE) {
      return body;
    }
    String text = new String(body.toArray(), StandardCharsets.ISO_8859_1);
    try {
      Optional<Bytes> pem = Pem.first(text, "X509 CRL");
      return pem.isPresent() ? pem.get() : Bytes.fromHex(text.strip());
    } catch (MalformedException e) {
      throw malformed(uri, e.reason());
    } catch (IllegalArgumentException e) {
      throw malformed(uri, "it is neither DER nor PEM nor hex");
    }
  }

  /** The issuer chain; empty where there is none, which only a CRL can do without. */
  private Bytes optionalChain(HttpResponse<Bytes> answer, Item item, URI uri)
      throws CollateralUnavailableException {
    HttpHeaders headers = answer.headers();
    for (String name : item.chainHeaders()) {
      List<String> values = headers.allValues(name);
      if (values.size() == 1) {
        return decoded(values.getFirst(), name, uri);
      }
      if (values.size() > 1) {
        throw malformed(uri, "the header " + name + " is there more than once");
      }
    }
    return Bytes.EMPTY;
  }

  private Bytes decoded(String value, String name, URI uri) throws CollateralUnavailableException {
    if (value.length() > limits.maxIssuerChain()) {
      throw new CollateralUnavailableException(
          Code.TOO_LARGE,
          PcsBase.host(uri),
          "the header " + name + " has more than " + limits.maxIssuerChain() + " characters");
    }
    try {
      return PercentEncoding.decode(value);
    } catch (IllegalArgumentException e) {
      throw malformed(uri, "the header " + name + " is not URL-encoded");
    }
  }

  private static CollateralUnavailableException malformed(URI uri, String reason) {
    return new CollateralUnavailableException(Code.MALFORMED, PcsBase.host(uri), reason);
  }

  @Override
  public void close() {
    http.close();
  }
}
