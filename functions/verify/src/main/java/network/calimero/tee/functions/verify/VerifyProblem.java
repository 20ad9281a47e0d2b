package network.calimero.tee.functions.verify;

import network.calimero.tee.functions.api.Problem;

/** Why evidence is refused before there is a verdict, or with the verdict so far. */
public enum VerifyProblem implements Problem {
  NO_QUOTE(400, "give the quote as quoteB64 or quote_b64, at the top or under data"),
  QUOTE_MALFORMED(400, "give a TDX quote, version 4 or 5, in base64 with its padding"),
  NONCE_MISMATCH(400, "ask the machine again with this nonce; do not take this answer for fresh"),
  TRANSPORT_KEY_MISMATCH(
      400, "do not trust this answer: the key beside the quote is not the one in the quote"),
  AGENT_KEYS_MISSING(400, "paste all that the gate's /attest answered, its keys included"),
  AGENT_KEYS_MISMATCH(
      400, "do not trust these keys: they are not the ones that the quote is bound to"),
  PEER_NO_QUOTE(502, "check that the host is a node or a KMS, and its log"),
  PEER_QUOTE_MALFORMED(502, "check that the host is a node or a KMS, and runs as a TDX guest");

  private final int status;
  private final String advice;

  VerifyProblem(int status, String advice) {
    this.status = status;
    this.advice = advice;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String advice() {
    return advice;
  }
}
