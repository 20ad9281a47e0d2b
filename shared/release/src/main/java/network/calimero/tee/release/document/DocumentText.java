package network.calimero.tee.release.document;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Hex;
import network.calimero.tee.bytes.MalformedException;
import network.calimero.tee.json.JsonFields;
import network.calimero.tee.policy.Profile;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.AssetKind;

/** What several documents spell in the same way. What a reader does not know, it ignores. */
final class DocumentText {
  private static final String SHA256_PREFIX = "sha256:";
  private static final int SHA256_SIZE = 32;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private DocumentText() {}

  static JsonFields parse(Bytes json) throws MalformedException {
    return JsonFields.parse(json, Math.toIntExact(AssetKind.DOCUMENT.maxSize()));
  }

  /** Documents that say their schema have this one. */
  static void requireSchema(JsonFields document) throws MalformedException {
    if (document.number("schema_version") != 1) {
      throw new MalformedException("\"schema_version\" is not 1");
    }
  }

  static ReleaseVersion version(JsonFields owner, String name) throws MalformedException {
    return ReleaseVersion.of(owner.text(name))
        .orElseThrow(
            () -> new MalformedException("\"" + name + "\" is no version of the form X.Y.Z"));
  }

  static String commit(JsonFields document) throws MalformedException {
    String commit = document.text("commit_sha");
    if (!COMMIT.matcher(commit).matches()) {
      throw new MalformedException("\"commit_sha\" is not 40 digits of hex");
    }
    return commit;
  }

  /** Some text, not blank. */
  static String some(JsonFields owner, String name) throws MalformedException {
    String text = owner.text(name);
    if (text.isBlank()) {
      throw new MalformedException("\"" + name + "\" is blank");
    }
    return text;
  }

  /** 64 digits of hex, of either case. */
  static Bytes sha256(JsonFields owner, String name) throws MalformedException {
    return sha256(name, owner.text(name));
  }

  static Bytes sha256(String name, String hex) throws MalformedException {
    try {
      return Bytes.of(Hex.decode(hex, SHA256_SIZE));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("\"%s\": %s".formatted(name, e.getMessage()));
    }
  }

  /** The same after {@code sha256:}. */
  static Bytes digest(JsonFields owner, String name) throws MalformedException {
    String text = owner.text(name);
    if (!text.toLowerCase(Locale.ROOT).startsWith(SHA256_PREFIX)) {
      throw new MalformedException("\"" + name + "\" does not begin with sha256:");
    }
    return sha256(name, text.substring(SHA256_PREFIX.length()));
  }

  /** How one value is read. */
  interface Reader<T> {
    T read(JsonFields owner, String name) throws MalformedException;
  }

  /** One value for each profile, and no others. */
  static <T> Map<Profile, T> perProfile(JsonFields owner, String name, Reader<T> reader)
      throws MalformedException {
    JsonFields profiles = owner.object(name);
    Map<Profile, T> values = new EnumMap<>(Profile.class);
    for (Profile profile : Profile.values()) {
      values.put(profile, reader.read(profiles, profile.text()));
    }
    if (profiles.names().size() != values.size()) {
      throw new MalformedException("\"" + name + "\" has more than the three profiles");
    }
    return values;
  }
}
