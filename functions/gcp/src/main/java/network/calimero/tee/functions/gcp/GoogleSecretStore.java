package network.calimero.tee.functions.gcp;

import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.functions.app.PlatformHttp;
import network.calimero.tee.functions.app.SecretStore;
import network.calimero.tee.functions.app.SecretUnavailableException;
import tools.jackson.databind.JsonNode;

/** Google Secret Manager, as the service account that the function runs as; read at the start. */
public final class GoogleSecretStore implements SecretStore {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Pattern NAME =
      Pattern.compile(
          "projects/[a-z0-9:.-]{1,64}/secrets/[A-Za-z0-9_-]{1,255}/versions/(latest|[0-9]{1,9})");
  private static final String TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token";
  private static final int MAX_SECRET = 64 * 1024;

  private final URI metadata;
  private final URI secrets;
  private final PlatformHttp http = new PlatformHttp(TIMEOUT);

  /** Google's own. */
  public static GoogleSecretStore google() {
    return new GoogleSecretStore(
        URI.create("http://metadata.google.internal"),
        URI.create("https://secretmanager.googleapis.com"));
  }

  /** At other places, for tests; never from configuration. */
  GoogleSecretStore(URI metadata, URI secrets) {
    this.metadata = metadata;
    this.secrets = secrets;
  }

  @Override
  public String scheme() {
    return "google-secret";
  }

  @Override
  public String accepted() {
    return "projects/PROJECT/secrets/NAME/versions/latest, or a number in place of latest";
  }

  @Override
  public String read(String name) throws SecretUnavailableException {
    if (!NAME.matcher(name).matches()) {
      throw new SecretUnavailableException("its name is not " + accepted());
    }
    JsonNode token = http.get(metadata.resolve(TOKEN), Map.of("Metadata-Flavor", "Google"));
    String access = token.path("access_token").asString("");
    if (access.isEmpty()) {
      throw new SecretUnavailableException("the function's service account has no token");
    }
    JsonNode payload =
        http.get(
                secrets.resolve("/v1/" + name + ":access"),
                Map.of("Authorization", "Bearer " + access))
            .path("payload");
    return text(payload);
  }

  private static String text(JsonNode payload) throws SecretUnavailableException {
    try {
      byte[] secret = StrictBase64.decode(payload.path("data").asString(""), MAX_SECRET);
      CRC32C sum = new CRC32C();
      sum.update(secret);
      if (!payload.path("dataCrc32c").asString("").equals(Long.toString(sum.getValue()))) {
        throw new SecretUnavailableException("it was damaged on its way");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(Bytes.of(secret).asReadOnly()).toString();
    } catch (IllegalArgumentException | CharacterCodingException _) {
      throw new SecretUnavailableException("the answer holds no text");
    }
  }
}
