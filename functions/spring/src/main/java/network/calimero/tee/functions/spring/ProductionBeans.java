package network.calimero.tee.functions.spring;

import java.util.List;
import network.calimero.tee.functions.app.AdmissionDeployable;
import network.calimero.tee.functions.app.PolicyDeployable;
import network.calimero.tee.functions.app.VerifyDeployable;
import network.calimero.tee.functions.aws.AwsStartup;

/** All three functions as beans named verify, policy and admission. */
public final class ProductionBeans extends FunctionBeans {
  /** For Spring. */
  public ProductionBeans() {
    super(
        List.of(
            VerifyDeployable.production(),
            PolicyDeployable.production(),
            AdmissionDeployable.production()),
        AwsStartup::system);
  }
}
