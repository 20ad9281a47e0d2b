package network.calimero.tee.kms.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.simulator.tdx.TdImage;
import org.junit.jupiter.api.Test;

class OwnMeasurementsTest {
  private static void assertUnfit(Machines.Quoting quoting, String why) {
    assertThatThrownBy(() -> OwnMeasurements.take(Machines.quotes(quoting)))
        .isInstanceOf(UnfitReplicaException.class)
        .hasMessageContaining(why);
  }

  private static Machines.Quoting machine(TdImage image) {
    return Machines.PLATFORM.launch(image)::quote;
  }

  @Test
  void registersAreTakenFromAQuoteOverTheSpecifiedReportData() throws Exception {
    List<Bytes> asked = new ArrayList<>();
    Machines.Quoting machine = machine(Machines.IMAGE);
    OwnMeasurements own =
        OwnMeasurements.take(
            Machines.quotes(data -> {
              asked.add(Bytes.of(data));
              return machine.quote(data);
            }));

    assertThat(own).isEqualTo(Machines.measurements(Machines.IMAGE));
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().slice(0, 32)).isEqualTo(Sha256.of("mero-kms/self-measurement/v1"));
    assertThat(asked.getFirst().slice(32, 64).isZero()).isTrue();
  }

  @Test
  void machineThatMustNotBeAReplicaIsToldWhy() {
    assertUnfit(machine(Machines.IMAGE.debug()), "debug TD");
    assertUnfit(machine(TdImage.named("kms")), "RTMR3");
    assertUnfit(_ -> new byte[10], "none");
    assertUnfit(Machines.PLATFORM.loadEnclave("kms")::quote, "not those of a TDX trust domain");
    byte[] stale = machine(Machines.IMAGE).quote(new byte[64]);
    assertUnfit(_ -> stale, "other report data");
  }
}
