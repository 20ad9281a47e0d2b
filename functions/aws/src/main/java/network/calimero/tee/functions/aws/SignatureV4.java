package network.calimero.tee.functions.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;

/**
 * Signs requests (AWS Signature Version 4). Of URLs only those without a query and with a path of
 * plain characters, which is all that the JSON protocols of AWS need.
 *
 * @param service as it is called in scopes: {@code ssm}
 */
record SignatureV4(Credentials credentials, String region, String service) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_LENGTH = 8;

  /**
   * The headers of a request, with those that prove who sends it.
   *
   * @param headers to be signed beside the host's and the time's
   */
  Map<String, String> sign(
      String method, URI uri, Map<String, String> headers, Bytes body, Instant now) {
    String time = TIME.format(now);
    TreeMap<String, String> signed = new TreeMap<>();
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
    signed.put("host", uri.getRawAuthority());
    signed.put("x-amz-date", time);
    credentials.session().ifPresent(token -> signed.put("x-amz-security-token", token));

    String names = String.join(";", signed.keySet());
    StringBuilder canonical =
        new StringBuilder(method).append('\n').append(path(uri)).append("\n\n");
    signed.forEach(
        (name, value) -> canonical.append(name).append(':').append(value.strip()).append('\n'));
    canonical.append('\n').append(names).append('\n').append(sha256(body));

    String date = time.substring(0, DATE_LENGTH);
    String scope = String.join("/", date, region, service, "aws4_request");
    String toSign = String.join("\n", ALGORITHM, time, scope, sha256(bytes(canonical.toString())));
    String signature = HexFormat.of().formatHex(hmac(key(date), toSign));

    signed.remove("host"); // whoever sends it says that
    signed.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, credentials.id(), scope, names, signature));
    return signed;
  }

  private static String path(URI uri) {
    return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  private byte[] key(String date) {
    byte[] key = ("AWS4" + credentials.secret()).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {date, region, service, "aws4_request"}) {
      key = hmac(key, part);
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(Bytes message) {
    return Sha256.of(message).hex();
  }
}
