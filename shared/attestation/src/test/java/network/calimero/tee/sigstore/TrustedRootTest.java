package network.calimero.tee.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import network.calimero.tee.Corpus;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.MalformedException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TrustedRootTest {
  private static final String PUBLIC_LOG =
      "c0d23d6ad406973f9559f3ba2d1ca01f84147d8ffc5b8445c224f98b9591801d";

  private static void assertRefused(Consumer<ObjectNode> change, String reason) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> new Attempt().root(change).root())
        .withMessageContaining(reason);
  }

  private static ObjectNode authority(ObjectNode root) {
    return Attempt.at(root, "/certificateAuthorities/0");
  }

  @Test
  void publicOneHasTheKeysThatReleasesWereSignedUnder() {
    TrustedRoot root = TrustedRoot.publicGood();
    Instant release = Instant.parse("2026-09-26T13:57:04Z");

    assertThat(root.transparencyLog(Bytes.fromHex(PUBLIC_LOG)).at(release)).isPresent();
    assertThat(root.transparencyLog(Bytes.fromHex(PUBLIC_LOG)).at(Instant.EPOCH)).isEmpty();
    assertThat(root.certificateLog(Bytes.fromHex(PUBLIC_LOG)).areNone()).isTrue();
    assertThat(root.authorities()).hasSize(2);
    assertThat(root.authorities().stream().filter(one -> one.validAt(release))).hasSize(1);
  }

  @Test
  void publicOneIsThatOfTheCorpus() {
    assertThat(TrustedRoot.publicGoodJson())
        .isEqualTo(Corpus.bytes("sigstore/root-signing/targets/trusted_root.json"));
  }

  @Test
  void otherDocumentsAreRefused() {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> TrustedRoot.parse(Bytes.of("{}".getBytes(UTF_8))))
        .withMessage("\"mediaType\" is missing");
    assertRefused(r -> r.put("mediaType", "application/json"), "that of a trusted root");
    assertRefused(r -> r.put("tlogs", 1), "\"tlogs\" is not a list");
    assertRefused(r -> r.putArray("ctlogs").add(1), "\"ctlogs[0]\" is not an object");
    assertRefused(
        r -> Attempt.at(r, "/tlogs/0/publicKey").put("rawBytes", "AAAA".repeat(1366)),
        "base64 of 4098 bytes; at most 4096");
  }

  @Test
  void listsHaveABound() {
    assertRefused(
        r -> {
          for (int i = 0; i < 101; i++) {
            ((ArrayNode) r.get("tlogs")).add(Attempt.at(r, "/tlogs/0").deepCopy());
          }
        },
        "\"tlogs\" is not a list of up to 100");
    assertRefused(
        r -> {
          ArrayNode chain = (ArrayNode) r.at("/certificateAuthorities/0/certChain/certificates");
          for (int i = 0; i < 8; i++) {
            chain.add(chain.get(1).deepCopy());
          }
        },
        "is not a list of up to 8");
  }

  @Test
  void authoritiesNeedCertificates() {
    assertRefused(
        r -> Attempt.at(authority(r), "/certChain").putArray("certificates"),
        "an authority without certificates");
    assertRefused(
        r -> Attempt.at(authority(r), "/certChain/certificates/0").put("rawBytes", "AAAA"),
        "element of tag 0x00");
  }

  /** A key without a beginning would be believed for all the past. */
  @Test
  void everyKeyNeedsABeginning() {
    assertRefused(r -> authority(r).remove("validFor"), "\"certificateAuthorities[0].validFor\"");
    assertRefused(r -> Attempt.at(authority(r), "/validFor").remove("start"), "start\" is missing");
    assertRefused(
        r -> Attempt.at(r, "/tlogs/0/publicKey/validFor").remove("start"), "start\" is missing");
    assertRefused(
        r -> Attempt.at(r, "/ctlogs/0/publicKey/validFor").put("start", "today"), "a time that is");
    assertRefused(
        r -> Attempt.at(r, "/ctlogs/0/publicKey/validFor").put("end", 5), "end\" is not a text");
  }

  @Test
  void saysWhenAKeyCounts() throws Exception {
    TrustedRoot root =
        new Attempt()
            .root(r -> Attempt.at(authority(r), "/validFor").put("end", "2030-01-01T00:00:00Z"))
            .root();
    TrustedRoot.Authority authority = root.authorities().getFirst();

    assertThat(authority.spans())
        .isEqualTo(
            "2016-09-28T13:57:04Z to 2030-01-01T00:00:00Z, and its certificates from"
                + " 2016-09-28T13:57:04Z to 2036-09-23T13:57:04Z and"
                + " 2016-09-28T13:57:04Z to 2036-09-23T13:57:04Z");
    assertThat(new TrustedRoot.Period(Instant.EPOCH, Optional.empty()))
        .hasToString("1970-01-01T00:00:00Z to now");
  }
}
