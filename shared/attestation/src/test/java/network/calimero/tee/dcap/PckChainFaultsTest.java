package network.calimero.tee.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.SimulatedKey;
import network.calimero.tee.simulator.pki.CertificateBuilder;
import network.calimero.tee.simulator.pki.DistinguishedName;
import network.calimero.tee.simulator.pki.PckCa;
import network.calimero.tee.simulator.pki.SgxExtension;
import network.calimero.tee.simulator.pki.SimulatedPki;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PCK chains in quotes, each with one fault. */
class PckChainFaultsTest {
  private static final Instant NOW = Scenario.NOW;
  private static final Duration DAY = Duration.ofDays(1);
  private static final SimulatedPki PKI = Scenario.PKI;
  private static final String END = "-----END CERTIFICATE-----\n";
  private static final String NOT_THE_CA = "the intermediate is not a PCK CA issued by the root";
  private static final String NOT_THE_PCK = "the leaf is not a PCK certificate";
  private static final String NOT_ISSUED =
      "the PCK certificate was not issued by the PCK CA beside it";

  @ParameterizedTest
  @MethodSource({"forms", "roots", "authorities", "leaves", "extensions"})
  void isRefusedForItsReason(Fault fault) {
    fault.mustBeRefused();
  }

  static Stream<Fault> forms() {
    String ca = PKI.pckCa(PckCa.PLATFORM).pem();
    String root = PKI.root().pem();
    return Stream.of(
        text("leaf missing", "incomplete: found 2 certificates, expected 3", t -> ca + root),
        text("CA missing", "found 2 certificates", t -> t.replace(ca, "")),
        text("root missing", "found 2 certificates", t -> t.replace(root, "")),
        text("leaf alone", "found 1 certificates", t -> t.substring(0, endOfLeaf(t))),
        text("no PEM", "found 0 certificates", t -> "no PEM"),
        text("four certificates", "more than 3 certificates", t -> t + root),
        text("root twice, CA missing", "no single root: found 2", t -> t.replace(ca, root)),
        text("CA twice, root missing", "no single root: found 0", t -> t.replace(root, ca)),
        text("CA twice, leaf missing", "no single PCK CA: found 2", t -> ca + ca + root),
        text(
            "leaf twice, CA missing",
            "no single PCK CA: found 0",
            t -> t.substring(0, endOfLeaf(t)) + t.replace(ca, "")),
        text("no base64", "PEM block is not base64", t -> t.replaceFirst("M", "*")),
        text("no end", "PEM block without its end", t -> t.substring(0, t.length() - 3)),
        text(
            "misspelt frame of the leaf",
            "found 2 certificates",
            t -> t.replaceFirst("BEGIN", "BEGIM")),
        text("more than 64 KiB", "PEM of ", t -> t + " ".repeat(65_536)));
  }

  static Stream<Fault> roots() {
    SimulatedPki foreign = Scenario.foreignPki();
    return Stream.of(
        new Fault(
            "a foreign chain, genuine in itself",
            FailureCode.ROOT_UNTRUSTED,
            "the PCK chain ends in another root: found Intel SGX Root CA of SHA-256 "
                + TrustAnchor.of(network.calimero.tee.bytes.Bytes.of(foreign.root().der()))
                    .fingerprint()
                + ", expected Intel SGX Root CA of SHA-256 "
                + Scenario.ANCHOR.fingerprint(),
            s -> {
              String chain = SimulatedPlatform.builder(NOW).pki(foreign).build().pckChain();
              s.platform(p -> p.chainText(t -> chain));
            }),
        new Fault(
            "root variant of another key",
            FailureCode.ROOT_UNTRUSTED,
            "the PCK chain ends in another root",
            s ->
                s.platform(
                    p -> p.chainText(t -> t.replace(PKI.root().pem(), foreign.root().pem())))),
        variant(
            "root variant of a damaged signature",
            FailureCode.ROOT_UNTRUSTED,
            "the PCK chain ends in another root",
            c -> c.validity(NOW.minus(DAY), NOW.plus(DAY)).signature(s -> Bytes.flip(s, 9))),
        variant(
            "root variant that is no CA",
            FailureCode.ROOT_UNTRUSTED,
            "the PCK chain ends in another root",
            c -> c.endEntity()),
        variant(
            "root expired",
            FailureCode.PCK_CHAIN_EXPIRED,
            "Intel SGX Root CA has expired",
            c -> c.validity(NOW.minus(DAY), NOW.minusSeconds(1))),
        variant(
            "root not yet valid",
            FailureCode.PCK_CHAIN_NOT_YET_VALID,
            "Intel SGX Root CA is not valid yet",
            c -> c.validity(NOW.plusSeconds(1), NOW.plus(DAY))));
  }

  static Stream<Fault> authorities() {
    SimulatedKey foreignKey = Scenario.foreignPki().root().key();
    return Stream.of(
        ca(
            "CA expired",
            FailureCode.PCK_CHAIN_EXPIRED,
            "Intel SGX PCK Platform CA has expired",
            c -> c.validity(NOW.minus(DAY), NOW.minusSeconds(1))),
        ca(
            "CA not yet valid",
            FailureCode.PCK_CHAIN_NOT_YET_VALID,
            "Intel SGX PCK Platform CA is not valid yet",
            c -> c.validity(NOW.plusSeconds(1), NOW.plus(DAY))),
        ca("CA that is none", FailureCode.PCK_CHAIN_INVALID, NOT_ISSUED, c -> c.endEntity()),
        ca(
            "CA that may not sign certificates",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_ISSUED,
            c -> c.keyUsage(KeyUsage.cRLSign)),
        ca(
            "CA of another name",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_THE_CA + ": found Intel SGX TCB Signing, expected",
            c -> c.subject(DistinguishedName.of("Intel SGX TCB Signing"))),
        ca(
            "CA whose name goes on",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_THE_CA + ": found Intel SGX PCK Platform CA 2, expected",
            c -> c.subject(DistinguishedName.of("Intel SGX PCK Platform CA 2"))),
        ca(
            "CA signed by another key",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_THE_CA,
            c -> c.signedWith(foreignKey)),
        ca(
            "CA of a damaged signature",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_THE_CA,
            c -> c.signature(s -> Bytes.flip(s, 33))),
        ca(
            "CA with a critical extension that nobody knows",
            FailureCode.PCK_CHAIN_MALFORMED,
            "critical extension 2a0304 is not understood",
            c -> c.unknownCriticalExtension("1.2.3.4")),
        ca(
            "CA of another issuer's name",
            FailureCode.PCK_CHAIN_MALFORMED,
            "no single PCK CA: found 0",
            c -> c.issuerName(DistinguishedName.of("Nobody"))));
  }

  static Stream<Fault> leaves() {
    return Stream.of(
        pck(
            "PCK expired",
            FailureCode.PCK_CHAIN_EXPIRED,
            "Intel SGX PCK Certificate has expired: found now 2026-03-01T12:00:00Z, expected until"
                + " 2026-03-01T11:59:59Z",
            c -> c.validity(NOW.minus(DAY), NOW.minusSeconds(1))),
        pck(
            "PCK not yet valid",
            FailureCode.PCK_CHAIN_NOT_YET_VALID,
            "Intel SGX PCK Certificate is not valid yet: found now 2026-03-01T12:00:00Z, expected"
                + " from 2026-03-01T12:00:01Z",
            c -> c.validity(NOW.plusSeconds(1), NOW.plus(DAY))),
        pck(
            "PCK that is a CA",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_THE_PCK + ": found Intel SGX PCK Certificate (a CA), expected",
            c -> c.ca(0)),
        pck(
            "PCK that may not sign",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_THE_PCK,
            c -> c.keyUsage(KeyUsage.keyAgreement)),
        pck(
            "PCK of another name",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_THE_PCK + ": found Intel SGX TCB Signing, expected Intel SGX PCK Certificate",
            c -> c.subject(DistinguishedName.of("Intel SGX TCB Signing"))),
        pck(
            "PCK whose name begins otherwise",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_THE_PCK + ": found No Intel SGX PCK Certificate, expected",
            c -> c.subject(DistinguishedName.of("No Intel SGX PCK Certificate"))),
        pck(
            "PCK that the other CA issued",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_ISSUED,
            c -> c.issuedBy(PKI.pckCa(PckCa.PROCESSOR))),
        pck(
            "PCK that the root issued",
            FailureCode.PCK_CHAIN_MALFORMED,
            "no single PCK CA: found 2",
            c -> c.issuedBy(PKI.root())),
        pck(
            "PCK signed by the other CA in this one's name",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_ISSUED,
            c -> c.signedWith(PKI.pckCa(PckCa.PROCESSOR).key())),
        pck(
            "PCK signed by this CA in the other's name",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_ISSUED,
            c -> c.issuerName(PKI.pckCa(PckCa.PROCESSOR).subject())),
        pck(
            "PCK of a damaged signature",
            FailureCode.PCK_CHAIN_INVALID,
            NOT_ISSUED,
            c -> c.signature(s -> Bytes.flip(s, 63))),
        pck(
            "PCK with a critical extension that nobody knows",
            FailureCode.PCK_CHAIN_MALFORMED,
            "critical extension 2a0304 is not understood",
            c -> c.unknownCriticalExtension("1.2.3.4")),
        pck(
            "PCK with a serial number of 21 octets",
            FailureCode.PCK_CHAIN_MALFORMED,
            "number of 22 octets",
            c -> c.serial(BigInteger.ONE.shiftLeft(168))));
  }

  static Stream<Fault> extensions() {
    Stream<Fault> omitted =
        IntStream.rangeClosed(1, 5)
            .mapToObj(field ->
                sgx("field %d missing".formatted(field), "incomplete", x -> x.omit(field)));
    return Stream.concat(
        omitted,
        Stream.of(
            pck(
                "no SGX extension",
                FailureCode.PCK_EXTENSION_INVALID,
                "certificate has no SGX extension",
                c -> c.sgx(null)),
            sgx("PPID of 15 bytes", "holds 15 bytes, not 16", x -> x.ppid(new byte[15])),
            sgx("PPID of 17 bytes", "holds 17 bytes, not 16", x -> x.ppid(new byte[17])),
            sgx("CPUSVN of 15 bytes", "holds 15 bytes, not 16", x -> x.cpuSvn(new byte[15])),
            sgx("PCEID of 1 byte", "holds 1 bytes, not 2", x -> x.pceId(new byte[1])),
            sgx("FMSPC of 7 bytes", "holds 7 bytes, not 6", x -> x.fmspc(new byte[7])),
            sgx("no components", "incomplete", x -> x.components(List.of()).cpuSvn(new byte[16])),
            sgx(
                "15 components",
                "incomplete",
                x -> x.components(Collections.nCopies(15, 1)).cpuSvn(new byte[16])),
            sgx(
                "17 components: the last one is PCESVN's number",
                "TCB component 17 is unknown or there twice",
                x -> x.components(Collections.nCopies(17, 1)).cpuSvn(new byte[16])),
            sgx(
                "19 components",
                "element of tag 0x02 where 0x04 belongs",
                x -> x.components(Collections.nCopies(19, 1)).cpuSvn(new byte[16]).pceSvn(1)),
            sgx("component 256", "TCB component 1 is 256", x -> x.components(first(256))),
            sgx("component -1", "negative number", x -> x.components(first(-1))),
            sgx("PCESVN 65536", "TCB component 17 is 65536", x -> x.pceSvn(65_536)),
            sgx("PCESVN -1", "negative number", x -> x.pceSvn(-1)),
            sgx("unknown SGX type", "SGX extension names type 3", x -> x.sgxType(3))));
  }

  @Test
  void aChainIsProvenBeforeAnythingIsFetchedForIt() throws Exception {
    Scenario.Evidence evidence = new Scenario().evidence();
    PckChain chain = PckChain.authenticate(evidence.parsed(), Scenario.ANCHOR, NOW);
    assertThat(chain.fmspc().hex()).isEqualTo("50a06d5eed00");
    assertThat(chain.issuer()).isEqualTo(PckChain.Issuer.PLATFORM);
    assertThat(chain.issuer().pcsName()).isEqualTo("platform");
    Scenario processor = new Scenario().platform(p -> p.pckCa(PckCa.PROCESSOR));
    assertThat(
            PckChain.authenticate(processor.evidence().parsed(), Scenario.ANCHOR, NOW)
                .issuer()
                .pcsName())
        .isEqualTo("processor");
  }

  private static Fault text(String name, String cause, UnaryOperator<String> change) {
    return new Fault(
        name, FailureCode.PCK_CHAIN_MALFORMED, cause, s -> s.platform(p -> p.chainText(change)));
  }

  private static Fault variant(
      String name, FailureCode code, String cause, Consumer<CertificateBuilder> change) {
    String other = PKI.rootVariant(change).pem();
    return new Fault(
        name,
        code,
        cause,
        s -> s.platform(p -> p.chainText(t -> t.replace(PKI.root().pem(), other))));
  }

  private static Fault ca(
      String name, FailureCode code, String cause, Consumer<CertificateBuilder> change) {
    return new Fault(
        name, code, cause, s -> s.under(Scenario.pki(p -> p.pckCa(PckCa.PLATFORM, change))));
  }

  private static Fault pck(
      String name, FailureCode code, String cause, Consumer<CertificateBuilder> change) {
    return new Fault(name, code, cause, s -> s.platform(p -> p.pck(change)));
  }

  private static Fault sgx(String name, String cause, Consumer<SgxExtension> change) {
    return pck(
        name,
        FailureCode.PCK_EXTENSION_INVALID,
        cause,
        c -> {
          SgxExtension genuine = new SgxExtension().components(first(4)).pceSvn(11);
          change.accept(genuine);
          c.sgx(genuine);
        });
  }

  private static List<Integer> first(int svn) {
    return Stream.concat(Stream.of(svn), Collections.nCopies(15, 0).stream()).toList();
  }

  private static int endOfLeaf(String chain) {
    return chain.indexOf(END) + END.length();
  }
}
