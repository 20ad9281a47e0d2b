package network.calimero.tee.kms.config;

import java.util.Optional;

/**
 * One setting as it counts, for people.
 *
 * @param value without secrets; empty if nothing is set and there is no default
 * @param meaning one sentence
 */
public record Setting(String name, Optional<String> value, Origin origin, String meaning) {

  /** Where a value is from. */
  public enum Origin {
    DEFAULT("default"),
    ENVIRONMENT("environment"),
    MEASURED_FILE("measured file"),
    IMAGE_PROFILE("image profile");

    private final String text;

    Origin(String text) {
      this.text = text;
    }

    /** As people read it. */
    public String text() {
      return text;
    }
  }
}
