package network.calimero.tee.functions.contract;

import static org.assertj.core.api.Assertions.assertThat;

/** What replies are held to. */
final class Replies {
  private Replies() {}

  /** A refusal as every function words it. */
  static void refused(Reply reply, int status, String code) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    assertThat(reply.json().path("code").asString()).isEqualTo(code);
    assertThat(reply.json().path("error").asString()).isNotBlank();
  }

  /** The case that something asked for is refused. */
  static ContractCases.Case refusing(Ask ask, int status, String code) {
    return target -> refused(target.send(ask), status, code);
  }

  /** JSON of that status. */
  static void answered(Reply reply, int status) {
    assertThat(reply.status()).as(reply::text).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
  }
}
