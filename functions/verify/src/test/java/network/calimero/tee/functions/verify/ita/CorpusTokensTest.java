package network.calimero.tee.functions.verify.ita;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens and key sets as they are found in the world, some of them odd on purpose. */
class CorpusTokensTest {
  /** Its modulus is in padded base64, which is no base64url: left out, whatever it signs. */
  private static final String PADDED = "ita/jwks-trustauthority-client-for-java-ee1fa789.json";

  private static Path corpus;
  private static JsonNode expected;

  @BeforeAll
  static void readCorpus() throws IOException {
    corpus = Path.of(System.getProperty("mero.corpus", "none"));
    assumeTrue(Files.isDirectory(corpus.resolve("ita")), "no corpus here");
    Path file = corpus.resolve("EXPECTED.json");
    expected = JsonMapper.shared().readTree(Files.readAllBytes(file)).get("ita_jwt");
  }

  /** The signatures that another implementation found to hold are those that hold here. */
  @Test
  void signaturesHoldWhereTheyShouldAndNowhereElse() throws Exception {
    int pairs = 0;
    for (JsonNode entry : expected) {
      for (Path set : files(".json")) {
        String name = "ita/" + set.getFileName();
        if (name.equals(PADDED)) {
          continue;
        }
        boolean holds =
            entry
                .get("verified_by")
                .valueStream()
                .anyMatch(v -> v.get(0).asString("").equals(name));
        assertThat(signatureHolds(text(entry), set)).as(text(entry) + name).isEqualTo(holds);
        pairs++;
      }
    }
    System.out.printf("%d pairs of token and key set as expected%n", pairs);
    assertThat(pairs).isGreaterThan(200);
  }

  /** With the key of the set under the token's own name: names are another question. */
  private static boolean signatureHolds(String text, Path set) throws IOException {
    String json = Files.readString(set);
    try {
      Token token = Token.parse(text);
      JsonNode first = JsonMapper.shared().readTree(json).path("keys").path(0);
      String id = first.path("kid").asString("");
      return !id.isEmpty()
          && token
              .algorithm()
              .verifies(keys(json).find(id, token.algorithm()), token.signed(), token.signature());
    } catch (TokenRefusedException | MalformedException e) {
      return false;
    }
  }

  private static KeySet keys(String json) throws MalformedException {
    return KeySet.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** With the right keys at the right time: issuers and subjects are not those of today's API. */
  @Test
  void noneOfThemPassesAsTodaysTokenOfTheAuthority() throws Exception {
    TokenVerifier verifier =
        new TokenVerifier("https://portal.trustauthority.intel.com", Optional.empty());
    TreeMap<String, Integer> faults = new TreeMap<>();
    for (JsonNode entry : expected) {
      Instant then = Instant.ofEpochSecond(entry.path("exp").asLong(1_700_000_000) - 1);
      for (Path set : files(".json")) {
        faults.merge(fault(verifier, text(entry), Files.readString(set), then), 1, Integer::sum);
      }
    }
    System.out.println("tokens of the corpus: " + faults);
    assertThat(faults)
        .containsOnlyKeys(
            "token_algorithm_refused",
            "token_issuer_wrong",
            "token_key_id_missing",
            "token_key_unknown",
            "token_malformed",
            "token_signature_invalid");
  }

  private static String fault(TokenVerifier verifier, String text, String set, Instant now) {
    try {
      verifier.verify(text, keys(set), now);
      return "ok";
    } catch (TokenRefusedException e) {
      return e.fault().code();
    } catch (MalformedException e) {
      return "set refused";
    }
  }

  @Test
  void keysThatAreNotFitAreLeftOut() throws Exception {
    List<String> usable = new ArrayList<>();
    for (Path set : files(".json")) {
      usable.add("%s %d".formatted(set.getFileName(), keys(Files.readString(set)).size()));
    }
    assertThat(usable)
        .contains(
            "jwks-trustee-a1ef9bae.json 0", // a secret
            "jwks-trustee-c0e9cc53.json 0", // a secret
            "jwks-trustee-59ca33d7.json 0", // an elliptic curve
            "jwks-trustauthority-client-for-java-ba2901f0.json 0", // with its private part
            "jwks-trustauthority-client-for-java-ee1fa789.json 0", // in padded base64
            "jwks-trustauthority-client-for-python-27e585c6.json 0") // of 144 bits
        .contains("jwks-trustauthority-client-for-go-f44137b1.json 1");
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> files = Files.list(corpus.resolve("ita"))) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  private static String text(JsonNode entry) throws IOException {
    return Files.readString(corpus.resolve(entry.get("jwt").stringValue()));
  }
}
