package network.calimero.tee.release.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.PolicyAsset;
import network.calimero.tee.policy.release.PolicyDocumentException;
import network.calimero.tee.release.asset.Generation;
import network.calimero.tee.release.asset.KmsAssets;
import network.calimero.tee.release.verify.VerifiedAsset;
import network.calimero.tee.release.verify.VerifiedRelease;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node is told to take for its KMS: made only from the policy of a release. The same policy
 * gives the same text.
 *
 * @param tag the release as it was asked for
 * @param commit what the release was built from, 40 hex digits
 * @param settings in merod's order
 */
public record MerodConfig(String tag, String commit, Profile profile, List<Setting> settings) {
  /** Copies. */
  public MerodConfig {
    settings = List.copyOf(settings);
  }

  /**
   * The configuration that a release's policy stands for.
   *
   * @param tag the release as it was asked for
   * @param release what came of verifying it, its KMS family at least
   * @throws PolicyDocumentException if it has no policy for that profile, or the policy lets in
   *     nobody or says what merod does not take
   */
  public static MerodConfig of(String tag, Profile profile, KmsUrl url, VerifiedRelease release)
      throws PolicyDocumentException {
    KmsAssets assets = release.generation().kmsAssets();
    boolean locked = profile == Profile.LOCKED_READ_ONLY;
    Optional<VerifiedAsset> profiled = release.asset(assets.policy(profile));
    VerifiedAsset policy =
        profiled
            .or(() -> locked ? release.asset(assets.unprofiledPolicy()) : Optional.empty())
            .orElseThrow(() ->
                new PolicyDocumentException(
                    assets.policy(profile).name(), "release %s has none".formatted(tag)));
    MerodConfigMaker maker =
        new MerodConfigMaker(tag, profile, url, Layout.of(release.generation()));
    return maker.make(new PolicyAsset(policy.asset().name(), profiled.isEmpty()), policy.content());
  }

  /**
   * The configuration that one verified policy stands for, of a release that was not looked at as a
   * whole: what a node that fetches its policy itself would take.
   *
   * @param tag the release as it was asked for
   * @throws PolicyDocumentException if the policy lets in nobody or says what merod does not take
   */
  public static MerodConfig of(String tag, Profile profile, KmsUrl url, VerifiedAsset policy)
      throws PolicyDocumentException {
    KmsAssets names = KmsAssets.naming(policy.asset());
    boolean legacy = policy.asset().equals(names.unprofiledPolicy());
    // Of the older names, policies of profiles name compose hashes in generation B only.
    Generation older = legacy ? Generation.A : Generation.B;
    Generation generation = names == KmsAssets.CLUSTER ? Generation.C : older;
    return new MerodConfigMaker(tag, profile, url, Layout.of(generation))
        .make(new PolicyAsset(policy.asset().name(), legacy), policy.content());
  }

  /**
   * As a file of merod's.
   *
   * @param explain whether each value's origin stands above it in a comment
   */
  public String toml(boolean explain) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Generated from mero-tee release %s (commit %s, profile %s)\n"
            .formatted(tag, commit, profile.text()));
    text.append("[tee]\n");
    String section = "";
    for (Setting setting : settings) {
      if (!setting.section().equals(section)) {
        section = setting.section();
        text.append('[').append(section).append("]\n");
      }
      if (explain) {
        text.append("# ").append(setting.origin().words()).append('\n');
      }
      text.append(setting.name()).append(" = ").append(setting.value()).append('\n');
    }
    return text.toString();
  }

  /** As one object: the release, the values in their sections, and each value's origin. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("tag", tag).put("commit", commit).put("profile", profile.text());
    ObjectNode config = node.putObject("config");
    ObjectNode origins = node.putObject("origins");
    for (Setting setting : settings) {
      ObjectNode section = config;
      for (String name : setting.section().split("\\.", -1)) {
        section = section.withObjectProperty(name);
      }
      section.set(setting.name(), setting.value());
      ObjectNode origin = origins.putObject(setting.key());
      origin.put("asset", setting.origin().asset()).put("sha256", setting.origin().sha256());
      origin.put("place", setting.origin().place());
    }
    return node;
  }

  /** The arguments of each {@code merod config}, in order. */
  public List<String> assignments() {
    return settings.stream().map(Setting::assignment).toList();
  }

  /** Collects settings of one section. */
  static final class Builder {
    private final List<Setting> settings = new ArrayList<>();
    private String section = "";

    Builder section(String name) {
      section = name;
      return this;
    }

    Builder text(String name, String value, Origin origin) {
      return add(name, JsonNodeFactory.instance.stringNode(value), origin);
    }

    Builder flag(String name, boolean value, Origin origin) {
      return add(name, JsonNodeFactory.instance.booleanNode(value), origin);
    }

    Builder texts(String name, List<String> values, Origin origin) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      values.forEach(array::add);
      return add(name, array, origin);
    }

    private Builder add(String name, JsonNode value, Origin origin) {
      settings.add(new Setting(section, name, value, origin));
      return this;
    }

    List<Setting> build() {
      return settings;
    }
  }
}
