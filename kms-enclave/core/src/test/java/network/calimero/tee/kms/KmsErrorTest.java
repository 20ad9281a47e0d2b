package network.calimero.tee.kms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KmsErrorTest {
  @Test
  void tagsAndStatusesAreThoseOfTheProtocol() {
    Map<String, Integer> table =
        Arrays.stream(KmsError.values())
            .filter(error -> error != KmsError.INTERNAL_ERROR)
            .collect(Collectors.toMap(KmsError::tag, KmsError::status));

    assertThat(table)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("invalid_request", 400),
                Map.entry("invalid_peer_id", 400),
                Map.entry("invalid_attestation_request", 400),
                Map.entry("invalid_peer_public_key", 400),
                Map.entry("invalid_challenge", 401),
                Map.entry("invalid_signature", 401),
                Map.entry("attestation_verification_failed", 401),
                Map.entry("mock_attestation_rejected", 401),
                Map.entry("peer_identity_mismatch", 401),
                Map.entry("peer_id_mismatch", 401),
                Map.entry("tcb_status_rejected", 403),
                Map.entry("measurement_policy_rejected", 403),
                Map.entry("rate_limited", 429),
                Map.entry("key_derivation_failed", 500),
                Map.entry("challenge_store_unavailable", 503),
                Map.entry("policy_not_ready", 503)));
  }

  @Test
  void detailsAreBounded() {
    KmsException refusal = new KmsException(KmsError.INVALID_REQUEST, "x".repeat(10_000));

    assertThat(refusal.details()).hasSize(KmsException.MAX_DETAILS + 1).endsWith("…");
  }

  /** Half of a character cannot be written as JSON, and a line feed begins a line of a log. */
  @Test
  void detailsAreOneLineOfWholeCharacters() {
    String cut = "x".repeat(KmsException.MAX_DETAILS - 1) + "\uD83D\uDE00 and more";
    KmsException refusal = new KmsException(KmsError.INVALID_REQUEST, cut);

    assertThat(refusal.details()).endsWith("x?…");
    assertThat(new KmsException(KmsError.INVALID_REQUEST, "a\nb").details()).isEqualTo("a?b");
  }

  @Test
  void waitIsAtLeastASecondAndRoundedUp() {
    assertThat(KmsException.rateLimited("", Duration.ZERO).retryAfterSeconds()).contains(1L);
    assertThat(KmsException.rateLimited("", Duration.ofMillis(1_001)).retryAfterSeconds())
        .contains(2L);
    assertThat(new KmsException(KmsError.INVALID_REQUEST, "").retryAfterSeconds()).isEmpty();
  }
}
