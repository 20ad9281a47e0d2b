package network.calimero.tee.functions.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import network.calimero.tee.functions.api.Service;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.Startup;

/** A function as Lambda's own runtime calls it, with nothing in between. */
public class LambdaFunction implements RequestStreamHandler {
  private final FunctionUrl url;

  /** Answers with that service; subclasses have a constructor without arguments for the runtime. */
  protected LambdaFunction(Service service, InstantSource clock) {
    this.url = new FunctionUrl(service, clock);
  }

  /** Answers with that function, or tells the log why it cannot start and does not. */
  protected LambdaFunction(Startup startup, Deployable function) {
    this(startup.startOrTell(function), startup.host().clock());
  }

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    EventJson.write(url.answer(() -> EventJson.read(in)), out);
  }
}
