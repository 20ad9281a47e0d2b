package network.calimero.tee.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.sigstore.SignatureRefusedException.Code;
import network.calimero.tee.simulator.sigstore.SignedArtifact;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SignatureVerifierTest {

  @Test
  void saysWhoSignedAndWhereThatIsLogged() throws Exception {
    Attempt attempt = new Attempt();
    SignedArtifact signed = attempt.sign();
    Signer signer =
        new SignatureVerifier(attempt.root())
            .verify(
                attempt.presented(),
                CosignBundle.parse(attempt.bundle(signed)),
                attempt.expected());

    assertThat(signer.identity()).isEqualTo(Attempt.WORKFLOW.uri());
    assertThat(signer.issuer()).isEqualTo("https://token.actions.githubusercontent.com");
    assertThat(signer.workflowName()).isEqualTo("Release mero-kms");
    assertThat(signer.trigger()).isEqualTo("push");
    assertThat(signer.repository()).isEqualTo("calimero-network/mero-tee");
    assertThat(signer.repositoryId()).contains("1171521817");
    assertThat(signer.ref()).isEqualTo("refs/heads/master");
    assertThat(signer.commit()).isEqualTo(Attempt.WORKFLOW.commit());
    assertThat(signer.logIndex()).isEqualTo(signed.logIndex());
    assertThat(signer.signature())
        .isEqualTo(
            new DetachedSignature(Bytes.of(signed.signature()), Bytes.of(signed.certificate())));
    assertThat(signer.integratedTime()).isEqualTo(Attempt.SIGNED.plusSeconds(1));
    assertThat(signer.form()).isEqualTo(SignedBy.Form.COSIGN_BUNDLE);
    assertThat(signer.form().text()).isEqualTo("cosign bundle");
    assertThat(signer)
        .hasToString(
            Attempt.WORKFLOW.uri()
                + ", log index %d of 2026-09-26T13:57:05Z".formatted(signed.logIndex()));
  }

  @Test
  void detachedSignaturesVerifyWithTheirLogEntry() throws Exception {
    Attempt attempt = new Attempt();
    SignedArtifact signed = attempt.sign();
    LogEntry entry = CosignBundle.parse(Bytes.of(signed.cosignBundle())).entry();
    LogEntry ofAnother =
        CosignBundle.parse(
                Bytes.of(new Attempt().signing(s -> s.logOf(Attempt.OTHER)).sign().cosignBundle()))
            .entry();
    LoggedSignature logged =
        DetachedSignature.parse(Bytes.of(signed.sig()), Bytes.of(signed.pem()))
            .among(List.of(entry, ofAnother))
            .orElseThrow();
    Signer signer =
        new SignatureVerifier(attempt.root())
            .verify(attempt.presented(), logged, attempt.expected());

    assertThat(signer.form()).isEqualTo(SignedBy.Form.DETACHED);
    assertThat(signer.logIndex()).isEqualTo(signed.logIndex());
  }

  static Stream<Named<UnaryOperator<Attempt>>> harmless() {
    return Stream.of(
        named("nothing", a -> a),
        named(
            "logged in the certificate's first second",
            a -> a.signing(s -> s.integratedTime(Attempt.SIGNED))),
        named(
            "logged in the certificate's last second",
            a -> a.signing(s -> s.integratedTime(Attempt.SIGNED.plusSeconds(600)))),
        named(
            "any trigger, where none is expected",
            a ->
                a.signedBy(Attempt.WORKFLOW.withTrigger("workflow_dispatch"))
                    .expecting(Attempt.expected(Optional.empty(), Optional.empty()))),
        named(
            "any repository number, where none is expected",
            a ->
                a.signedBy(Attempt.WORKFLOW.withRepository(Attempt.WORKFLOW.repository(), "7"))
                    .expecting(Attempt.expected(Optional.of("push"), Optional.empty()))),
        named(
            "a claim that is as long as claims may be",
            a ->
                a.certificate(c -> c.claim(15, "7".repeat(1024)))
                    .expecting(Attempt.expected(Optional.of("push"), Optional.empty()))),
        named(
            "no repository number in the certificate", a -> a.certificate(c -> c.withoutClaim(15))),
        named(
            "claims of the older form only",
            a ->
                a.certificate(c -> {
                  for (int number : List.of(8, 12, 13, 14, 20)) {
                    c.withoutClaim(number);
                  }
                })),
        named(
            "claims of the newer form only",
            a ->
                a.certificate(c -> {
                  for (int number : List.of(1, 2, 3, 5, 6)) {
                    c.withoutClaim(number);
                  }
                })),
        named(
            "a trust root whose keys ended that second",
            a ->
                a.root(r -> {
                  String end = "2026-09-26T13:57:05Z";
                  for (String owner :
                      List.of(
                          "/tlogs/0/publicKey",
                          "/ctlogs/0/publicKey",
                          "/certificateAuthorities/0")) {
                    Attempt.at(r, owner + "/validFor").put("start", end).put("end", end);
                  }
                })),
        named(
            "a trust root that has a key twice, once for another time",
            a ->
                a.root(r -> {
                  for (String list : List.of("tlogs", "ctlogs", "certificateAuthorities")) {
                    ArrayNode all = (ArrayNode) r.get(list);
                    ObjectNode old = ((ObjectNode) all.get(0)).deepCopy();
                    ObjectNode owner = list.endsWith("logs") ? Attempt.at(old, "/publicKey") : old;
                    Attempt.at(owner, "/validFor").put("end", "2021-01-01T00:00:00Z");
                    all.insert(0, old);
                  }
                })),
        named(
            "a trust root with keys of a kind that is not known here",
            a ->
                a.root(r -> {
                  for (String list : List.of("tlogs", "ctlogs")) {
                    ArrayNode all = (ArrayNode) r.get(list);
                    ObjectNode strange = ((ObjectNode) all.get(0)).deepCopy();
                    Attempt.at(strange, "/publicKey").put("rawBytes", "AAAA");
                    all.insert(0, strange);
                  }
                })),
        named(
            "an intermediate without a purpose",
            a -> a.authorities(r -> {}, i -> i.without("2.5.29.37"))),
        named("a root that allows more below it", a -> a.authorities(r -> r.authority(2), i -> {})),
        named(
            "a root without its root certificate",
            a ->
                a.root(r ->
                    ((ArrayNode) r.at("/certificateAuthorities/0/certChain/certificates"))
                        .remove(1))));
  }

  private static Named<UnaryOperator<Attempt>> named(String what, UnaryOperator<Attempt> change) {
    return Named.of(what, change);
  }

  @ParameterizedTest
  @MethodSource
  void harmless(UnaryOperator<Attempt> change) throws Exception {
    Signer signer = change.apply(new Attempt()).verify();

    assertThat(signer.identity()).isEqualTo(Attempt.WORKFLOW.uri());
  }

  @Test
  void certificatesThatAnotherVerifierHasProvenAreHeldToTheSameClaims() throws Exception {
    ExpectedSigner expected = new Attempt().expected();

    assertThat(Claims.require(Bytes.of(new Attempt().sign().certificate()), expected).commit())
        .isEqualTo(Attempt.WORKFLOW.commit());
    assertRefused(
        new Attempt().signedBy(Attempt.WORKFLOW.withTrigger("schedule")), Code.OTHER_TRIGGER);
    assertRefused(
        new Attempt().certificate(c -> c.without("2.5.29.37")), Code.CERTIFICATE_NOT_FOR_SIGNING);
    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(() -> Claims.require(Bytes.EMPTY, expected))
        .matches(refused -> refused.code() == Code.CERTIFICATE_MALFORMED);
  }

  @Test
  void whatACertificateSaysCanBeReadBeforeItIsProven() throws Exception {
    Bytes certificate = Bytes.of(new Attempt().sign().certificate());
    Bytes incomplete =
        Bytes.of(new Attempt().certificate(c -> c.withoutClaim(4)).sign().certificate());

    assertThat(Claims.unproven(certificate))
        .isEqualTo(Claims.require(certificate, new Attempt().expected()));
    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(() -> Claims.unproven(incomplete))
        .matches(refused -> refused.code() == Code.CLAIMS_MALFORMED)
        .withMessageContaining("no workflow");
  }

  private static void assertRefused(Attempt attempt, Code code) {
    assertThatExceptionOfType(SignatureRefusedException.class)
        .isThrownBy(
            () -> Claims.require(Bytes.of(attempt.sign().certificate()), attempt.expected()))
        .matches(refused -> refused.code() == code);
  }
}
