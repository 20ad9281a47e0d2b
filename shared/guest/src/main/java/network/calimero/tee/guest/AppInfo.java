package network.calimero.tee.guest;

/**
 * What the dstack guest agent says about the app it runs (kms-protocol.md, the dstack guest agent).
 * A statement of the agent, not evidence. A field the agent left out is an empty text.
 *
 * @param appId hex, never empty: the identity that all derived keys hang on
 * @param instanceId hex
 * @param composeHash hex of the SHA-256 of app-compose.json
 * @param appName what the deployer called it
 * @param deviceId hex
 * @param osImageHash hex
 * @param keyProviderInfo JSON text or hex, as the agent gives it
 * @param tcbInfo JSON text: measurements and event log
 * @param vmConfig JSON text
 */
public record AppInfo(
    String appId,
    String instanceId,
    String composeHash,
    String appName,
    String deviceId,
    String osImageHash,
    String keyProviderInfo,
    String tcbInfo,
    String vmConfig) {}
