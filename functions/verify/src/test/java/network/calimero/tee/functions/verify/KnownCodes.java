package network.calimero.tee.functions.verify;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.dcap.FailureCode;
import network.calimero.tee.eventlog.UnprovenLogException;
import network.calimero.tee.functions.verify.ita.TokenFault;
import network.calimero.tee.release.source.SourceException;
import network.calimero.tee.release.verify.ReleaseCode;
import network.calimero.tee.sigstore.SignatureRefusedException;

/** Every code that a check can have: each is in a document that says what to do about it. */
final class KnownCodes {
  static final Set<String> ALL =
      Stream.of(
              texts(CheckCode.values(), CheckCode::text),
              texts(VerifyProblem.values(), VerifyProblem::code),
              texts(TokenFault.values(), TokenFault::code),
              texts(FailureCode.values(), FailureCode::text),
              texts(
                  CollateralUnavailableException.Code.values(),
                  code -> "collateral_" + code.text()),
              texts(UnprovenLogException.Code.values(), UnprovenLogException.Code::text),
              texts(ReleaseCode.values(), ReleaseCode::text),
              texts(SignatureRefusedException.Code.values(), SignatureRefusedException.Code::text),
              texts(SourceException.Code.values(), SourceException.Code::text))
          .flatMap(Function.identity())
          .collect(Collectors.toUnmodifiableSet());

  private KnownCodes() {}

  private static <T> Stream<String> texts(T[] all, Function<T, String> text) {
    return Arrays.stream(all).map(text);
  }
}
