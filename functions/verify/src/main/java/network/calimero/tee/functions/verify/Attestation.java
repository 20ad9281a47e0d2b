package network.calimero.tee.functions.verify;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.quote.Quote;
import network.calimero.tee.quote.QuoteFormatException;
import network.calimero.tee.quote.TdReport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a machine answered, or somebody pasted: a quote, and fields beside it that are nobody's word
 * until the quote proves them.
 *
 * @param body all of it
 */
record Attestation(ObjectNode body, Quote quote, TdReport report) {
  private static final List<String> QUOTE_FIELDS = List.of("quoteB64", "quote_b64");
  private static final String NESTED = "data";

  /** Looks for the quote where it may be, and nowhere else. */
  static Attestation pasted(ObjectNode body) throws ApiException {
    return read(body, VerifyProblem.NO_QUOTE, VerifyProblem.QUOTE_MALFORMED);
  }

  /** The same of what a host answered. */
  static Attestation answered(ObjectNode body) throws ApiException {
    return read(body, VerifyProblem.PEER_NO_QUOTE, VerifyProblem.PEER_QUOTE_MALFORMED);
  }

  private static Attestation read(ObjectNode body, VerifyProblem missing, VerifyProblem malformed)
      throws ApiException {
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode place : List.of(body, body.path(NESTED))) {
      for (String field : QUOTE_FIELDS) {
        @Nullable JsonNode value = place.get(field);
        if (value != null && value.isString()) {
          texts.add(value.stringValue());
        }
      }
    }
    if (texts.isEmpty()) {
      throw new ApiException(missing, "there is no quote");
    }
    if (texts.size() > 1) {
      throw new ApiException(malformed, "there are several quotes, and they differ");
    }
    Quote quote = quote(texts.iterator().next(), malformed);
    if (!(quote.body() instanceof TdReport report)) {
      throw new ApiException(malformed, "the quote is an enclave's, not a trust domain's");
    }
    return new Attestation(body, quote, report);
  }

  private static Quote quote(String base64, VerifyProblem malformed) throws ApiException {
    try {
      return Quote.parse(Bytes.of(StrictBase64.decode(base64, Quote.MAX_SIZE)));
    } catch (IllegalArgumentException e) {
      throw new ApiException(malformed, "the quote: " + e.getMessage());
    } catch (QuoteFormatException e) {
      throw new ApiException(malformed, String.valueOf(e.getMessage()));
    }
  }

  /** A field beside the quote, at the top or under {@code data}; null is none. */
  Optional<JsonNode> find(String field) {
    return Stream.of(body, body.path(NESTED))
        .map(place -> place.path(field))
        .filter(value -> !value.isMissingNode() && !value.isNull())
        .findFirst();
  }

  /** The same if it is a text. */
  Optional<String> text(String field) {
    return find(field).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  /** Whether there is such a field. */
  boolean has(String field) {
    return find(field).isPresent();
  }

  /** Base64 of exactly that many bytes in such a field; empty if it is anything else. */
  Optional<Bytes> base64(String field, int size) {
    try {
      return text(field)
          .map(text -> Bytes.of(StrictBase64.decode(text, size)))
          .filter(bytes -> bytes.length() == size);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Hex of exactly that many bytes in such a field; empty if it is anything else. */
  Optional<Bytes> hex(String field, int size) {
    try {
      return text(field).map(Bytes::fromHex).filter(bytes -> bytes.length() == size);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
