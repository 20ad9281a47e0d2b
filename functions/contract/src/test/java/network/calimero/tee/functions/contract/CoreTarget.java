package network.calimero.tee.functions.contract;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.functions.api.Caller;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;
import network.calimero.tee.functions.api.HttpCall;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.app.Host;
import network.calimero.tee.functions.app.MisconfiguredException;
import network.calimero.tee.functions.app.Startup;

/** The core, without any platform. */
final class CoreTarget implements Target {
  private final Service service;
  private final InstantSource clock;

  CoreTarget(Map<String, String> environment, Host host) throws MisconfiguredException {
    this.clock = host.clock();
    this.service = new Startup(environment, List.of(), host).start(new EveryFunction(environment));
  }

  @Override
  public String name() {
    return "core";
  }

  @Override
  public Optional<String> proof() {
    return Optional.of("AWS_IAM");
  }

  @Override
  public Reply send(Ask ask) {
    Headers headers = Headers.none();
    for (Map.Entry<String, String> header : ask.headers()) {
      headers = headers.and(header.getKey(), header.getValue());
    }
    HttpAnswer answer =
        service.handle(
            new HttpCall(
                ask.method(),
                ask.path(),
                ask.query(),
                headers,
                ask.body(),
                ask.proven()
                    ? Optional.of(new Caller(Caller.Proof.AWS_IAM, Surroundings.CALLER))
                    : Optional.empty(),
                clock.instant()));
    return new Reply(answer.status(), answer.headers(), answer.body());
  }

  @Override
  public void close() {}
}
