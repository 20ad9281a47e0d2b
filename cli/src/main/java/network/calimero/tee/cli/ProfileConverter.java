package network.calimero.tee.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import network.calimero.tee.policy.Profile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A profile by its name. */
final class ProfileConverter implements ITypeConverter<Profile> {
  @Override
  public Profile convert(String text) {
    return Profile.of(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "'%s' is not a profile; there are %s".formatted(text, names())));
  }

  private static String names() {
    return Arrays.stream(Profile.values()).map(Profile::text).collect(Collectors.joining(", "));
  }
}
