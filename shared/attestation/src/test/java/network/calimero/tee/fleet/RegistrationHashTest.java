package network.calimero.tee.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistrationHashTest {
  private static final String RELAY = "https://r.example";

  private static String hash(String peer, String account, String relay, Optional<String> csr) {
    return new RegistrationHash("c-1", peer, account, relay, csr).value().hex();
  }

  @Test
  void theVectorsOfTheSpecificationHold() {
    assertThat(hash("12D3KooWPeer", "abababab", RELAY, Optional.empty()))
        .isEqualTo("0a184a1583f9fadaebfda5643136c767e57bdc05d17eada9e675f630676980e7");
    assertThat(hash("12D3KooWPeer", "abababab", RELAY, Optional.of("AAEC")))
        .isEqualTo("3a52e5600c4701a77a2802c384bd897853ce345531f47618e179b57f860e3058");
  }

  @Test
  void everyFieldChangesIt() {
    Set<String> hashes = new HashSet<>();
    hashes.add(hash("p", "a", "r", Optional.empty()));
    hashes.add(hash("q", "a", "r", Optional.empty()));
    hashes.add(hash("p", "b", "r", Optional.empty()));
    hashes.add(hash("p", "a", "", Optional.empty()));
    hashes.add(hash("p", "", "a", Optional.empty()));
    hashes.add(hash("p", "a", "r", Optional.of("")));
    hashes.add(hash("p", "a", "r", Optional.of("AAEC")));
    hashes.add(hash("p", "a", "r", Optional.of("AAEC\n")));
    assertThat(hashes).hasSize(8);
  }

  @Test
  void fieldsThatCouldPassForTwoAreRefused() {
    assertThat(RegistrationHash.ambiguous("c|", "p", "|", "r"))
        .isEqualTo(List.of("challenge", "executor_account"));
    for (String field : List.of("|", "a|b")) {
      assertThatThrownBy(() -> hash(field, "", "", Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("peer_id holds a |");
    }
  }
}
