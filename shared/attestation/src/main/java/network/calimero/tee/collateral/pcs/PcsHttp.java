package network.calimero.tee.collateral.pcs;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.concurrent.Executor;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.collateral.CollateralUnavailableException;
import network.calimero.tee.collateral.CollateralUnavailableException.Code;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;

/** Asks a PCS or PCCS; a redirect is not followed. */
final class PcsHttp implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final BoundedHttp http;

  PcsHttp(PcsLimits limits, Executor executor) {
    this.http =
        new BoundedHttp(
            BoundedHttp.USER_AGENT,
            new BoundedHttp.Limits(limits.connect(), limits.answer(), limits.maxBody()),
            executor);
  }

  /** The answer of a success; anything else is a failure. */
  HttpResponse<Bytes> get(URI uri) throws CollateralUnavailableException {
    try {
      HttpResponse<Bytes> response = http.get(uri);
      requireSuccess(response.statusCode(), uri);
      return response;
    } catch (FetchException e) {
      throw failure(code(e.kind()), uri, e.reason());
    }
  }

  private static Code code(FetchException.Kind kind) {
    return switch (kind) {
      case UNREACHABLE -> Code.UNREACHABLE;
      case REDIRECT -> Code.STATUS;
      case TIMEOUT -> Code.TIMEOUT;
      case TOO_LARGE -> Code.TOO_LARGE;
      case INTERRUPTED -> Code.INTERRUPTED;
    };
  }

  private static void requireSuccess(int status, URI uri) throws CollateralUnavailableException {
    if (status == OK) {
      return;
    }
    if (status == NOT_FOUND) {
      throw failure(Code.NOT_FOUND, uri, "not found (status 404)");
    }
    boolean redirect = status >= 300 && status < 400;
    throw failure(
        Code.STATUS, uri, "status " + status + (redirect ? ", a redirect, is not followed" : ""));
  }

  private static CollateralUnavailableException failure(Code code, URI uri, String reason) {
    return new CollateralUnavailableException(code, PcsBase.host(uri), reason);
  }

  @Override
  public void close() {
    http.close();
  }
}
