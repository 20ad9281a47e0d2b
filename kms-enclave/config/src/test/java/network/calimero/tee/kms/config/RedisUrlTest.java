package network.calimero.tee.kms.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUrlTest {
  @Test
  void readsAllItsParts() {
    assertThat(RedisUrl.parse("rediss://me:p%40ss+1:x@[::1]:7000/3"))
        .isEqualTo(new RedisUrl(true, "::1", 7000, Optional.of("me"), Optional.of("p@ss+1:x"), 3));
    assertThat(RedisUrl.parse(" REDIS://cache.example/ "))
        .isEqualTo(
            new RedisUrl(false, "cache.example", 6379, Optional.empty(), Optional.empty(), 0));
  }

  @ParameterizedTest
  @CsvSource({
    "redis://host, redis://host:6379/0",
    "redis://:secret@host, redis://:…@host:6379/0",
    "rediss://me:secret@host:1/2, rediss://me:…@host:1/2",
    "redis://me@[::1], redis://me@[::1]:6379/0",
  })
  void showsAllButThePassword(String url, String shown) {
    assertThat(RedisUrl.parse(url)).hasToString(shown);
  }
}
