package network.calimero.tee.functions.local;

import network.calimero.tee.functions.api.ApiException;
import network.calimero.tee.functions.api.ApiProblem;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.Service;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, in the form of every other refusal. */
final class ServerRefusals implements Request.Handler {
  private final Service service;

  ServerRefusals(Service service) {
    this.service = service;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    ApiException refusal =
        switch (status) {
          case 413 -> new ApiException(ApiProblem.BODY_TOO_LARGE, "the body is too large");
          case 414 -> new ApiException(ApiProblem.URL_TOO_LONG, "the URL is too long");
          case 431 -> new ApiException(ApiProblem.HEADERS_TOO_LARGE, "the headers are too large");
          case 503 -> new ApiException(ApiProblem.BUSY, "this server is stopping");
          default ->
              status < 500
                  ? new ApiException(ApiProblem.BAD_REQUEST, "this is no HTTP/1.1 request")
                  : new ApiException(ApiProblem.INTERNAL_ERROR, "a fault of this server");
        };
    HttpAnswer answer = service.refuse(refusal.withStatus(status)).with("Connection", "close");
    ServiceHandler.send(answer, response, callback);
    return true;
  }
}
