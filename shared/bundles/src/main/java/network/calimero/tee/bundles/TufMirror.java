package network.calimero.tee.bundles;

import dev.sigstore.tuf.Fetcher;
import dev.sigstore.tuf.FileExceedsMaxLengthException;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.http.BoundedHttp;
import network.calimero.tee.http.FetchException;
import org.jspecify.annotations.Nullable;

/** Files of one folder of a TUF repository over HTTP, each no larger than its metadata allows. */
final class TufMirror implements Fetcher {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** Names that Sigstore's repository uses; none of them can lead out of its folder. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  private final URI folder;
  private final BoundedHttp http;

  /** There is no complete answer. */
  static final class UnreachableException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    UnreachableException(String reason) {
      super(reason);
    }
  }

  /**
   * Asks there.
   *
   * @param folder ends in a slash
   */
  TufMirror(URI folder, BoundedHttp http) {
    this.folder = folder;
    this.http = http;
  }

  @Override
  public String getSource() {
    return String.valueOf(folder.getHost());
  }

  /** The file; null if there is none, which ends the chain of roots. */
  @Override
  public byte @Nullable [] fetchResource(String name, int maxLength) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a repository of Sigstore has no file of such a name");
    }
    HttpResponse<Bytes> answer = ask(folder.resolve(name));
    if (answer.statusCode() == NOT_FOUND) {
      return null;
    }
    if (answer.statusCode() != OK) {
      throw new UnreachableException(
          "%s answers with status %d for %s".formatted(getSource(), answer.statusCode(), name));
    }
    if (answer.body().length() > maxLength) {
      throw new FileExceedsMaxLengthException(name, maxLength);
    }
    return answer.body().toArray();
  }

  private HttpResponse<Bytes> ask(URI file) throws UnreachableException {
    try {
      return http.get(file);
    } catch (FetchException e) {
      throw new UnreachableException(getSource() + ": " + e.reason());
    }
  }
}
