package network.calimero.tee.functions.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import network.calimero.tee.bytes.Bytes;

/**
 * A body as platforms carry it that have texts only: as it is, or in base64 where it is no UTF-8.
 *
 * @param text never null: empty if there is no body
 */
public record TransportBody(String text, boolean base64) {

  /** A body of an answer: text where it is one, so that it can be read in logs of the platform. */
  public static TransportBody of(Bytes body) {
    try {
      return new TransportBody(
          StandardCharsets.UTF_8.newDecoder().decode(body.asReadOnly()).toString(), false);
    } catch (CharacterCodingException e) {
      return new TransportBody(Base64.getEncoder().encodeToString(body.toArray()), true);
    }
  }

  /**
   * The body of a call.
   *
   * @param maxSize bytes; measured before anything is decoded
   * @throws ApiException if it is larger, or no base64 though it says so
   */
  public Bytes bytes(int maxSize) throws ApiException {
    long size = base64 ? (long) text.length() / 4 * 3 - 2 : text.length();
    if (size > maxSize) {
      throw tooLarge(maxSize);
    }
    byte[] body = decoded();
    if (body.length > maxSize) {
      throw tooLarge(maxSize);
    }
    return Bytes.of(body);
  }

  private byte[] decoded() throws ApiException {
    if (!base64) {
      ByteBuffer utf8 = StandardCharsets.UTF_8.encode(text);
      byte[] body = new byte[utf8.remaining()];
      utf8.get(body);
      return body;
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ApiProblem.BAD_REQUEST, "the body is said to be base64 and is not", e);
    }
  }

  static ApiException tooLarge(int maxSize) {
    return new ApiException(ApiProblem.BODY_TOO_LARGE, "the body is over " + maxSize + " bytes");
  }
}
