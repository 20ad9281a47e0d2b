package network.calimero.tee.functions.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.functions.app.PlatformHttp;
import network.calimero.tee.functions.app.SecretStore;
import network.calimero.tee.functions.app.SecretUnavailableException;
import network.calimero.tee.json.JsonFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Secrets Manager and Parameter Store, each by one signed request; read at the start only. */
public final class AwsSecretStore implements SecretStore {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9/_+=.@:-]{1,2048})(?:#(\\w+))?");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}");
  private static final int MAX_SECRET = 64 * 1024;

  private final Kind kind;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final PlatformHttp http = new PlatformHttp(TIMEOUT);

  /** The two services, which differ in names only. */
  private enum Kind {
    SECRETS_MANAGER(
        "aws-secret",
        "a name or ARN, or one with #field where the secret is JSON",
        "secretsmanager",
        "secretsmanager.GetSecretValue"),
    PARAMETER_STORE("aws-parameter", "a name or ARN", "ssm", "AmazonSSM.GetParameter");

    private final String scheme;
    private final String accepted;
    private final String service;
    private final String target;

    Kind(String scheme, String accepted, String service, String target) {
      this.scheme = scheme;
      this.accepted = accepted;
      this.service = service;
      this.target = target;
    }
  }

  private AwsSecretStore(Kind kind, Map<String, String> environment, InstantSource clock) {
    this.kind = kind;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** Both services, with the region and credentials of that environment. */
  public static List<SecretStore> all(Map<String, String> environment, InstantSource clock) {
    return List.of(
        new AwsSecretStore(Kind.SECRETS_MANAGER, environment, clock),
        new AwsSecretStore(Kind.PARAMETER_STORE, environment, clock));
  }

  @Override
  public String scheme() {
    return kind.scheme;
  }

  @Override
  public String accepted() {
    return kind.accepted;
  }

  @Override
  public String read(String reference) throws SecretUnavailableException {
    Matcher name = NAME.matcher(reference);
    if (!name.matches() || (name.group(2) != null && kind != Kind.SECRETS_MANAGER)) {
      throw new SecretUnavailableException("its name is not " + kind.accepted);
    }
    JsonNode answer = ask(name.group(1));
    JsonNode secret =
        kind == Kind.SECRETS_MANAGER
            ? answer.path("SecretString")
            : answer.path("Parameter").path("Value");
    if (!secret.isString()) {
      throw new SecretUnavailableException("the answer holds no text");
    }
    return name.group(2) == null
        ? secret.stringValue()
        : field(secret.stringValue(), name.group(2));
  }

  private JsonNode ask(String name) throws SecretUnavailableException {
    String region = environment.getOrDefault("AWS_REGION", "");
    if (!REGION.matcher(region).matches()) {
      throw new SecretUnavailableException("AWS_REGION is not set, as Lambda sets it");
    }
    ObjectNode question = JsonMapper.shared().createObjectNode();
    if (kind == Kind.SECRETS_MANAGER) {
      question.put("SecretId", name);
    } else {
      question.put("Name", name).put("WithDecryption", true);
    }
    Bytes body = Bytes.of(JsonMapper.shared().writeValueAsBytes(question));
    URI uri = endpoint(region);
    Map<String, String> headers =
        Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", kind.target);
    SignatureV4 signature = new SignatureV4(Credentials.read(environment), region, kind.service);
    return http.post(uri, signature.sign("POST", uri, headers, body, clock.instant()), body);
  }

  /** AWS_ENDPOINT_URL, as AWS's own clients read it, is for development and private endpoints. */
  private URI endpoint(String region) throws SecretUnavailableException {
    String other = environment.getOrDefault("AWS_ENDPOINT_URL", "").strip();
    try {
      return other.isEmpty()
          ? URI.create("https://%s.%s.%s/".formatted(kind.service, region, domain(region)))
          : URI.create(other);
    } catch (IllegalArgumentException _) {
      throw new SecretUnavailableException("AWS_ENDPOINT_URL is no URL");
    }
  }

  private static String domain(String region) {
    return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  }

  private static String field(String json, String name) throws SecretUnavailableException {
    try {
      Bytes text = Bytes.of(json.getBytes(StandardCharsets.UTF_8));
      JsonNode value = JsonFields.tree(text, MAX_SECRET).path(name);
      if (value.isString()) {
        return value.stringValue();
      }
    } catch (MalformedException _) {
      throw new SecretUnavailableException("it is no JSON, so it has no fields");
    }
    throw new SecretUnavailableException("it has no text field of that name");
  }
}
