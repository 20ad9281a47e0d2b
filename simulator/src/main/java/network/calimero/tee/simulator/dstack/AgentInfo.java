package network.calimero.tee.simulator.dstack;

import network.calimero.tee.simulator.codec.Bytes;
import network.calimero.tee.simulator.codec.Hash;
import network.calimero.tee.simulator.tdx.SimulatedTdxMachine;
import tools.jackson.databind.node.ObjectNode;

/** The documents that the agent gives out besides quotes and keys. */
final class AgentInfo {
  private static final String OS_IMAGE_HASH = Bytes.hex(Hash.sha256(Hash.sha384("dstack image")));
  private static final String DEVICE_ID = Bytes.hex(Hash.sha256(Hash.sha384("device")));

  private AgentInfo() {}

  static ObjectNode of(DstackApp app, SimulatedTdxMachine machine) {
    return AgentCall.MAPPER
        .createObjectNode()
        .put("app_id", app.appId())
        .put("instance_id", app.instanceId())
        .put("app_cert", "")
        .put("tcb_info", tcbInfo(app, machine).toString())
        .put("app_name", app.name())
        .put("device_id", DEVICE_ID)
        .put("os_image_hash", OS_IMAGE_HASH)
        .put("key_provider_info", app.keyProvider())
        .put("compose_hash", app.composeHash())
        .put("vm_config", vmConfig());
  }

  static String vmConfig() {
    return AgentCall.MAPPER
        .createObjectNode()
        .put("spec_version", 1)
        .put("os_image_hash", OS_IMAGE_HASH)
        .put("cpu_count", 2)
        .put("memory_size", 2_147_483_648L)
        .toString();
  }

  private static ObjectNode tcbInfo(DstackApp app, SimulatedTdxMachine machine) {
    ObjectNode info = AgentCall.MAPPER.createObjectNode().put("mrtd", Bytes.hex(machine.mrTd()));
    for (int register = 0; register < 4; register++) {
      info.put("rtmr" + register, Bytes.hex(machine.rtmr(register)));
    }
    info.put("os_image_hash", OS_IMAGE_HASH)
        .put("compose_hash", app.composeHash())
        .put("device_id", DEVICE_ID)
        .put("app_compose", app.appCompose());
    info.set("event_log", EventLogDocument.of(machine));
    return info;
  }
}
