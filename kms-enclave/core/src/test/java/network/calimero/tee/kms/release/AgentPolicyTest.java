package network.calimero.tee.kms.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.dcap.TcbStatus;
import network.calimero.tee.kms.KmsError;
import network.calimero.tee.kms.KmsException;
import network.calimero.tee.kms.challenge.InMemoryConsumedChallenges;
import network.calimero.tee.kms.policy.PolicyState;
import network.calimero.tee.policy.AppraisalPolicy;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.ReferenceValues;
import network.calimero.tee.policy.Register;
import network.calimero.tee.policy.Role;
import network.calimero.tee.quote.Measurement;
import network.calimero.tee.secret.SecretBytes;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;

class AgentPolicyTest {
  private final Exchange exchange = new Exchange();
  private final List<String> paths = new ArrayList<>();

  private static Map<Register, Set<Measurement>> registers(String image) {
    SimulatedTdxMachine machine = Exchange.PLATFORM.launch(TdImage.named(image));
    Map<Register, Set<Measurement>> lists = new EnumMap<>(Register.class);
    lists.put(Register.MRTD, Set.of(measurement(machine.mrTd())));
    for (int i = 0; i < 4; i++) {
      lists.put(Register.valueOf("RTMR" + i), Set.of(measurement(machine.rtmr(i))));
    }
    return lists;
  }

  private static Measurement measurement(byte[] value) {
    return new Measurement(Bytes.of(value));
  }

  private static AppraisalPolicy policy(
      Role role, TcbStatus status, Map<Register, Set<Measurement>> lists) {
    return new AppraisalPolicy.Enforced(
        Profile.LOCKED_READ_ONLY, role, Set.of(status), new ReferenceValues.SeparateLists(lists));
  }

  private static PolicyState.Ready ready(TcbStatus status) {
    return new PolicyState.Ready(
        policy(Role.NODE, status, registers("node")),
        Optional.of(policy(Role.AGENT, status, registers("agent"))),
        "test",
        "digest");
  }

  private GetKey getKey(PolicyState policy) {
    return Exchange.getKey(
        policy,
        new InMemoryConsumedChallenges(9),
        path -> {
          paths.add(path);
          return SecretBytes.moveFrom(new byte[32]);
        });
  }

  private KmsException refusal(PolicyState policy, String image) throws KmsException {
    GetKey getKey = getKey(policy);
    GetKeyRequest request = exchange.request(getKey, image);
    KmsException refused = catchThrowableOfType(KmsException.class, () -> getKey.release(request));
    assertThat(paths).isEmpty();
    return refused;
  }

  @Test
  void nodesAndAgentsHaveTheirKeysUnderTheirOwnPrefix() throws KmsException {
    GetKey getKey = getKey(ready(TcbStatus.UP_TO_DATE));

    getKey.release(exchange.request(getKey, "node"));
    getKey.release(exchange.request(getKey, "agent"));

    assertThat(paths)
        .containsExactly(
            "prefix/locked-read-only/" + exchange.peer(),
            "agents/locked-read-only/" + exchange.peer());
  }

  @Test
  void withoutAnAgentPolicyNoAgentIsServed() throws KmsException {
    AppraisalPolicy nodes = policy(Role.NODE, TcbStatus.UP_TO_DATE, registers("node"));

    assertThat(refusal(new PolicyState.Ready(nodes, "test", "digest"), "agent").error())
        .isEqualTo(KmsError.MEASUREMENT_POLICY_REJECTED);
  }

  @Test
  void oneThatIsNeitherIsRefused() throws KmsException {
    assertThat(refusal(ready(TcbStatus.UP_TO_DATE), "stranger").error())
        .isEqualTo(KmsError.MEASUREMENT_POLICY_REJECTED);
  }

  @Test
  void registersOfBothRolesTogetherMakeNeither() throws KmsException {
    Map<Register, Set<Measurement>> nodes = new EnumMap<>(registers("node"));
    Map<Register, Set<Measurement>> agents = new EnumMap<>(registers("agent"));
    Map<Register, Set<Measurement>> mixed = registers("mixed");
    nodes.put(Register.MRTD, mixed.getOrDefault(Register.MRTD, Set.of()));
    for (Register register : List.of(Register.RTMR0, Register.RTMR1, Register.RTMR2)) {
      agents.put(register, mixed.getOrDefault(register, Set.of()));
    }
    PolicyState policy =
        new PolicyState.Ready(
            policy(Role.NODE, TcbStatus.UP_TO_DATE, nodes),
            Optional.of(policy(Role.AGENT, TcbStatus.UP_TO_DATE, agents)),
            "test",
            "digest");

    KmsException refused = refusal(policy, "mixed");

    assertThat(refused.error()).isEqualTo(KmsError.MEASUREMENT_POLICY_REJECTED);
    assertThat(refused.details()).contains("MRTD").doesNotContain("RTMR1");
  }

  @Test
  void oneThatIsAsFarFromBothIsToldWhyItIsNoNode() throws KmsException {
    Map<Register, Set<Measurement>> nodes = registers("between");
    Map<Register, Set<Measurement>> agents = registers("between");
    nodes.put(Register.RTMR1, registers("node").getOrDefault(Register.RTMR1, Set.of()));
    agents.put(Register.RTMR2, registers("agent").getOrDefault(Register.RTMR2, Set.of()));
    PolicyState policy =
        new PolicyState.Ready(
            policy(Role.NODE, TcbStatus.UP_TO_DATE, nodes),
            Optional.of(policy(Role.AGENT, TcbStatus.UP_TO_DATE, agents)),
            "test",
            "digest");

    assertThat(refusal(policy, "between").details()).contains("RTMR1").doesNotContain("RTMR2");
  }

  @Test
  void agentOfAStatusThatIsNotAllowedIsToldThatAndNotThatItIsNoNode() throws KmsException {
    assertThat(refusal(ready(TcbStatus.OUT_OF_DATE), "agent").error())
        .isEqualTo(KmsError.TCB_STATUS_REJECTED);
  }

  @Test
  void policyOfAnotherRoleOrProfileDoesNotGetIntoAPlace() {
    AppraisalPolicy nodes = policy(Role.NODE, TcbStatus.UP_TO_DATE, registers("node"));
    AppraisalPolicy agents = policy(Role.AGENT, TcbStatus.UP_TO_DATE, registers("agent"));
    AppraisalPolicy debug = new AppraisalPolicy.Unenforced(Role.AGENT);

    assertThatThrownBy(() -> new PolicyState.Ready(agents, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    for (AppraisalPolicy wrong : List.of(nodes, debug)) {
      assertThatThrownBy(() -> new PolicyState.Ready(nodes, Optional.of(wrong), "", ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void prefixesDifferAndHaveNoSlashAtEitherEnd() {
    for (String wrong : List.of("", "/a", "a/", "nodes")) {
      assertThatThrownBy(() -> new KeyPrefixes("nodes", wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new KeyPrefixes("a/", "agents"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyPrefixes("nodes", "agents").of(Role.KMS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
