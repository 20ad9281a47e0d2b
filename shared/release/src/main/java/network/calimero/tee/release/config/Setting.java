package network.calimero.tee.release.config;

import tools.jackson.databind.JsonNode;

/**
 * One value of merod's configuration.
 *
 * @param section dotted, as TOML heads it
 * @param value text, boolean or texts, of plain ASCII: such JSON is TOML too
 */
public record Setting(String section, String name, JsonNode value, Origin origin) {
  /** The whole key. */
  public String key() {
    return section + "." + name;
  }

  /** What {@code merod config} takes: {@code key=value}. */
  public String assignment() {
    return key() + "=" + value;
  }
}
