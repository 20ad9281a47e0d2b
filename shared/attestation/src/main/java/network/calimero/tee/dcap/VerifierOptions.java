package network.calimero.tee.dcap;

/**
 * What a relying party asks of verification beyond Intel's rules (dcap.md, steps 2, 3 and 10).
 *
 * @param allowDebug whether a debug TD or enclave passes; its memory is open to its host
 * @param allowServiceTd whether a TD bound to a service TD passes
 * @param minTcbEvaluationDataNumber the oldest TCB recovery set of TCB info that passes; 0: any
 * @param minQeEvaluationDataNumber the same for QE identity; 0: any
 */
public record VerifierOptions(
    boolean allowDebug,
    boolean allowServiceTd,
    int minTcbEvaluationDataNumber,
    int minQeEvaluationDataNumber) {

  /** Neither debug nor service TD; any recovery set that Intel signs today. */
  public static final VerifierOptions STRICT = new VerifierOptions(false, false, 0, 0);
}
