package network.calimero.tee.functions.verify;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.bytes.StrictBase64;
import network.calimero.tee.collateral.CollateralFormatException;
import network.calimero.tee.collateral.CollateralJson;
import network.calimero.tee.dcap.Collateral;
import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.Fields;
import network.calimero.tee.functions.api.JsonBounds;
import network.calimero.tee.release.asset.AssetKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a verifier answered, kept by somebody (docs/verify-report.md). Nothing of it is believed:
 * {@link ReportCheck} makes the checks again.
 */
public final class Report {
  /** The most that one may have, in bytes. */
  public static final int MAX_SIZE = 8 * 1024 * 1024;

  private static final String FORMAT = "mero-tee-report/1";
  private static final JsonBounds BOUNDS = JsonBounds.of(MAX_SIZE).nested(40);

  private final ObjectNode request;
  private final ObjectNode answer;
  private final ObjectNode attestation;
  private final Instant verifiedAt;
  private final Optional<Collateral> collateral;
  private final Map<String, Bytes> files;

  private Report(ObjectNode request, ObjectNode answer, Instant verifiedAt)
      throws MalformedException {
    this.request = request;
    this.answer = answer;
    this.attestation = object(answer, "attestation");
    this.verifiedAt = verifiedAt;
    this.collateral = readCollateral(answer);
    this.files = readFiles(answer.at("/verdict/release/documents"));
  }

  /**
   * Reads a report, or an answer of {@code POST /api/verify} as it came.
   *
   * @throws MalformedException if it is neither
   */
  public static Report parse(Bytes json) throws MalformedException {
    ObjectNode whole;
    try {
      whole = BOUNDS.read(json);
    } catch (ApiException e) {
      throw new MalformedException("it is no JSON object: " + e.found());
    }
    if (!whole.has("format") && whole.has("verdict")) {
      ObjectNode unknown = JsonMapper.shared().createObjectNode();
      return new Report(unknown, whole, time(whole, "/verdict/verifiedAt"));
    }
    if (!whole.path("format").asString("").equals(FORMAT)) {
      throw new MalformedException("its \"format\" is not " + FORMAT);
    }
    ObjectNode answer = object(whole, "answer");
    boolean dated = answer.at("/verdict/verifiedAt").isString();
    return new Report(
        object(whole, "request"),
        answer,
        dated ? time(answer, "/verdict/verifiedAt") : time(whole, "/checkedAt"));
  }

  private static ObjectNode object(ObjectNode owner, String name) throws MalformedException {
    return owner
        .optional(name)
        .filter(JsonNode::isObject)
        .map(JsonNode::asObject)
        .orElseThrow(() -> new MalformedException("\"" + name + "\" is missing or no object"));
  }

  private static Instant time(ObjectNode owner, String pointer) throws MalformedException {
    try {
      return Instant.parse(owner.at(pointer).asString(""));
    } catch (DateTimeParseException _) {
      throw new MalformedException("it does not say when it was made");
    }
  }

  private static Optional<Collateral> readCollateral(ObjectNode answer) throws MalformedException {
    JsonNode collateral = answer.path("collateral");
    if (collateral.isMissingNode() || collateral.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          CollateralJson.parse(Bytes.of(JsonMapper.shared().writeValueAsBytes(collateral))));
    } catch (CollateralFormatException e) {
      throw new MalformedException("its collateral: " + e.getMessage());
    }
  }

  private static Map<String, Bytes> readFiles(JsonNode documents) throws MalformedException {
    Map<String, Bytes> files = new HashMap<>();
    for (JsonNode document : documents) {
      for (Map.Entry<String, JsonNode> file : document.path("files").properties()) {
        try {
          byte[] content =
              StrictBase64.decode(
                  file.getValue().asString("?"), (int) AssetKind.DOCUMENT.maxSize());
          files.put(file.getKey(), Bytes.of(content));
        } catch (IllegalArgumentException e) {
          throw new MalformedException("a file of a release: " + e.getMessage());
        }
      }
    }
    return files;
  }

  Attestation attestation() throws ApiException {
    return Attestation.pasted(attestation);
  }

  /** The time that it says it was made at. */
  public Instant verifiedAt() {
    return verifiedAt;
  }

  /** What it calls the outcome; empty if it names none. */
  public String result() {
    return answer.at("/verdict/result").asString("");
  }

  Optional<Collateral> collateral() {
    return collateral;
  }

  /** Files of the release, with their signatures, by name. */
  Map<String, Bytes> files() {
    return files;
  }

  /** How it says that a check ended; empty if it does not say. */
  String resultOf(Check.Name name) {
    return answer
        .at("/verdict/checks")
        .valueStream()
        .filter(check -> check.path("name").asString("").equals(name.text()))
        .map(check -> check.path("result").asString(""))
        .findFirst()
        .orElse("");
  }

  /** The call that would ask for the same checks of what was answered, pasted. */
  VerifyCall call(ReportCheck.Terms terms) throws ApiException {
    Fields asked = new Fields(request);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("attestation", attestation);
    Optional<String> named = new Fields(answer).findText("nonce_b64");
    terms
        .nonce()
        .map(bytes -> StrictBase64.encode(bytes.toArray()))
        .or(() -> named)
        .ifPresent(text -> body.put("nonce_b64", text));
    asked.findText("binding_b64", "bindingB64").ifPresent(text -> body.put("binding_b64", text));
    body.put("agent", asked.flag("agent") || answer.has("agent_keys"));
    if (terms.releaseTag().isPresent()) {
      body.put("release_tag", terms.releaseTag().get());
    } else {
      putRelease(body, answer.at("/verdict/release"));
    }
    return VerifyCall.read(new Fields(body));
  }

  private static void putRelease(ObjectNode body, JsonNode release) {
    if (release.isObject()) {
      String family = release.path("role").asString("").equals("node") ? "mero-tee" : "mero-kms";
      body.put("release_tag", "%s-v%s".formatted(family, release.path("version").asString("")));
      if (release.path("profiles").size() == 1) {
        body.put("profile", release.at("/profiles/0").asString(""));
      }
    }
  }
}
