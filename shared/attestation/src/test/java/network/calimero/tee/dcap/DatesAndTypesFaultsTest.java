package network.calimero.tee.dcap;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import network.calimero.tee.simulator.SimulatedPlatform;
import network.calimero.tee.simulator.collateral.SimulatedCollateral;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Well-formed, well-signed documents of another time, another TEE, another set or another root. */
class DatesAndTypesFaultsTest {
  private static final Instant NOW = Scenario.NOW;
  private static final Duration DAY = Duration.ofDays(1);

  @ParameterizedTest
  @MethodSource({"times", "types", "sets"})
  void isRefusedForItsReason(Fault fault) {
    fault.mustBeRefused();
  }

  static Stream<Fault> times() {
    Instant start = NOW.plusSeconds(1);
    Instant end = NOW.minusSeconds(1);
    return Stream.of(
        new Fault(
            "TCB info expired",
            FailureCode.TCB_INFO_EXPIRED,
            "TCB info has expired: found now 2026-03-01T12:00:00Z, expected nextUpdate"
                + " 2026-03-01T11:59:59Z",
            s -> s.platform(p -> p.tcbInfo(t -> t.dates(NOW.minus(DAY), end)))),
        new Fault(
            "TCB info issued in the future",
            FailureCode.TCB_INFO_NOT_YET_VALID,
            "TCB info is issued in the future: found now 2026-03-01T12:00:00Z, expected issueDate"
                + " 2026-03-01T12:00:01Z",
            s -> s.platform(p -> p.tcbInfo(t -> t.dates(start, NOW.plus(DAY))))),
        new Fault(
            "TCB info whose dates are the wrong way round",
            FailureCode.TCB_INFO_NOT_YET_VALID,
            "issued in the future",
            s -> s.platform(p -> p.tcbInfo(t -> t.dates(start, end)))),
        new Fault(
            "QE identity expired",
            FailureCode.QE_IDENTITY_EXPIRED,
            "QE identity has expired: found now 2026-03-01T12:00:00Z, expected nextUpdate"
                + " 2026-03-01T11:59:59Z",
            s -> s.platform(p -> p.qeIdentity(q -> q.dates(NOW.minus(DAY), end)))),
        new Fault(
            "QE identity issued in the future",
            FailureCode.QE_IDENTITY_NOT_YET_VALID,
            "QE identity is issued in the future: found now 2026-03-01T12:00:00Z, expected"
                + " issueDate 2026-03-01T12:00:01Z",
            s -> s.platform(p -> p.qeIdentity(q -> q.dates(start, NOW.plus(DAY))))),
        new Fault(
            "long before everything",
            FailureCode.ROOT_CRL_NOT_YET_VALID,
            "the CRL is issued in the future",
            s -> s.at(Instant.parse("2014-05-13T16:53:20Z"))),
        new Fault(
            "long after everything",
            FailureCode.ROOT_CRL_EXPIRED,
            "the CRL has expired",
            s -> s.at(Instant.parse("2053-01-01T00:00:00Z"))));
  }

  static Stream<Fault> types() {
    return Stream.of(
        new Fault(
            "SGX collateral for a TD",
            FailureCode.TCB_INFO_WRONG_TYPE,
            "TCB info of another TEE: found SGX, expected TDX",
            s -> s.collateral(c -> platform().sgxCollateral())),
        new Fault(
            "TDX collateral for an enclave",
            FailureCode.TCB_INFO_WRONG_TYPE,
            "TCB info of another TEE: found TDX, expected SGX",
            s -> s.sgx().collateral(c -> platform().collateral())),
        new Fault(
            "QE identity of SGX for a TD",
            FailureCode.QE_IDENTITY_WRONG_TYPE,
            "QE identity of another enclave: found QE, expected TD_QE",
            s -> s.collateral(c -> c.withQeIdentityOf(platform().sgxCollateral()))),
        new Fault(
            "QE identity of TDX for an enclave",
            FailureCode.QE_IDENTITY_WRONG_TYPE,
            "QE identity of another enclave: found TD_QE, expected QE",
            s -> s.sgx().collateral(c -> c.withQeIdentityOf(platform().collateral()))),
        new Fault(
            "identity of the verification enclave",
            FailureCode.QE_IDENTITY_WRONG_TYPE,
            "QE identity of another enclave: found QVE, expected TD_QE",
            s -> s.platform(p -> p.qeIdentity(q -> q.id("QVE")))),
        new Fault(
            "TCB info of version 2 for a TD",
            FailureCode.TCB_INFO_WRONG_TYPE,
            "TCB info of another TEE: found SGX, expected TDX",
            s ->
                s.collateral(c ->
                    c.withTcbInfoOf(
                        SimulatedPlatform.builder(NOW)
                            .pki(Scenario.PKI)
                            .tcbInfo(t -> t.version(2))
                            .build()
                            .sgxCollateral()))),
        new Fault(
            "TCB info of SGX with a TDX module",
            FailureCode.TCB_INFO_MALFORMED,
            "TCB info for SGX speaks of a TDX module",
            s ->
                s.sgx()
                    .platform(p ->
                        p.tcbInfo(
                            t -> t.tdxModule("00".repeat(48), "00".repeat(8), "FF".repeat(8))))),
        new Fault(
            "TCB info of SGX with module identities",
            FailureCode.TCB_INFO_MALFORMED,
            "TCB info for SGX speaks of a TDX module",
            s ->
                s.sgx()
                    .collateral(c ->
                        Documents.tcbInfo(
                            c, Documents.tree(root -> root.putArray("tdxModuleIdentities"))))),
        new Fault(
            "TCB info of SGX with TDX components",
            FailureCode.TCB_INFO_MALFORMED,
            "TCB level for SGX has TDX components",
            s ->
                s.sgx()
                    .collateral(c ->
                        Documents.tcbInfo(
                            c,
                            Documents.tree(root ->
                                ((ObjectNode) root.at("/tcbLevels/0/tcb"))
                                    .putArray("tdxtcbcomponents"))))),
        new Fault(
            "TCB info of version 2 without a component",
            FailureCode.TCB_INFO_MALFORMED,
            "\"sgxtcbcomp16svn\" is not a whole number",
            s ->
                s.sgx()
                    .platform(p ->
                        p.tcbInfo(t ->
                            t.version(2)
                                .text(x -> x.replaceFirst("\"sgxtcbcomp16svn\"", "\"other\""))))),
        new Fault(
            "collateral under a foreign root",
            FailureCode.ROOT_CRL_SIGNATURE_INVALID,
            "the signature of the CRL is not that of Intel SGX Root CA",
            s ->
                s.collateral(c ->
                    SimulatedPlatform.builder(NOW)
                        .pki(Scenario.foreignPki())
                        .build()
                        .collateral())),
        new Fault(
            "a verifier of another root",
            FailureCode.ROOT_CRL_WRONG_ISSUER,
            "the CRL is of another issuer: found Intel SGX Root CA, expected Intel SGX Root CA",
            s -> s.anchor(TrustAnchor.intel())),
        new Fault(
            "collateral of another platform type",
            FailureCode.FMSPC_MISMATCH,
            "found 00906ed50000, expected 50a06d5eed00",
            s ->
                s.collateral(c ->
                    SimulatedPlatform.builder(NOW)
                        .pki(Scenario.PKI)
                        .fmspc("00906ED50000")
                        .build()
                        .collateral())),
        new Fault(
            "TCB info in place of QE identity",
            FailureCode.QE_IDENTITY_MALFORMED,
            "QE identity of version 3",
            s ->
                s.collateral(c ->
                    c.with(SimulatedCollateral.QE_IDENTITY, c.get(SimulatedCollateral.TCB_INFO))
                        .with(
                            SimulatedCollateral.QE_IDENTITY_SIGNATURE,
                            c.get(SimulatedCollateral.TCB_INFO_SIGNATURE)))));
  }

  static Stream<Fault> sets() {
    return Stream.of(
        new Fault(
            "an older set of TCB info than the caller asks for",
            FailureCode.TCB_INFO_TOO_OLD,
            "an older TCB recovery set than the caller asks for: found tcbEvaluationDataNumber 20,"
                + " expected at least 21",
            s -> s.options(new VerifierOptions(false, false, 21, 0))),
        new Fault(
            "an older set of QE identity than the caller asks for",
            FailureCode.QE_IDENTITY_TOO_OLD,
            "found tcbEvaluationDataNumber 20, expected at least 21",
            s -> s.options(new VerifierOptions(false, false, 20, 21))));
  }

  private static SimulatedPlatform platform() {
    return SimulatedPlatform.builder(NOW).pki(Scenario.PKI).build();
  }
}
