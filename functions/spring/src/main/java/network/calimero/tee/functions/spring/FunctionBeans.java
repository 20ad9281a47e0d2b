package network.calimero.tee.functions.spring;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import network.calimero.tee.functions.app.Deployable;
import network.calimero.tee.functions.app.Startup;
import network.calimero.tee.functions.aws.FunctionUrl;
import org.springframework.cloud.function.context.FunctionRegistration;
import org.springframework.cloud.function.context.catalog.FunctionTypeUtils;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Registers functions as beans, by name and type: nothing is scanned for. Which of them serves is
 * what {@code SPRING_CLOUD_FUNCTION_DEFINITION} says; only that one is made.
 */
public class FunctionBeans implements ApplicationContextInitializer<GenericApplicationContext> {
  private final List<Deployable> functions;
  private final Supplier<Startup> startup;

  /** Those functions; subclasses have a constructor without arguments. */
  protected FunctionBeans(List<Deployable> functions, Supplier<Startup> startup) {
    this.functions = List.copyOf(functions);
    this.startup = startup;
  }

  @Override
  public final void initialize(GenericApplicationContext context) {
    for (Deployable function : functions) {
      context.registerBean(
          function.name(),
          FunctionRegistration.class,
          () -> registration(function),
          definition -> definition.setLazyInit(true));
    }
  }

  private FunctionRegistration<Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>>
      registration(Deployable function) {
    Startup start = startup.get();
    FunctionUrl url = new FunctionUrl(start.startOrTell(function), start.host().clock());
    Function<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> bean =
        event -> url.answer(() -> event);
    return new FunctionRegistration<>(bean, function.name())
        .type(
            FunctionTypeUtils.functionType(
                APIGatewayV2HTTPEvent.class, APIGatewayV2HTTPResponse.class));
  }
}
