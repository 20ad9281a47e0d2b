package network.calimero.tee.release.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.http.BodyTooLargeException;
import network.calimero.tee.policy.release.ReleaseVersion;
import network.calimero.tee.release.asset.Asset;
import network.calimero.tee.release.source.SourceException.Code;
import network.calimero.tee.sigstore.ArtifactDigest;

/**
 * Releases in a folder: {@code TAG/FILE}, and what a log was asked in {@code log/SHA256.json}.
 * Nothing in it is believed. Several processes may use one at the same time.
 */
public final class ReleaseFolder implements ReleaseSource {
  private static final int BUFFER = 64 * 1024;

  private final Path root;

  /** One that exists, or will when something is put there. */
  public ReleaseFolder(Path root) {
    this.root = root;
  }

  /**
   * A file of a release: in the folder of its tag, or, where there is no such folder, in this one.
   */
  @Override
  public Optional<FetchedAsset> fetch(ReleaseVersion version, Asset asset) throws SourceException {
    Path own = root.resolve(asset.family().tag(version));
    Path file = (Files.isDirectory(own) ? own : root).resolve(asset.name());
    return Files.exists(file) ? Optional.of(read(file, asset)) : Optional.empty();
  }

  /** The same, only from the folder of its tag. */
  Optional<FetchedAsset> kept(ReleaseVersion version, Asset asset) throws SourceException {
    Path file = place(version, asset);
    return Files.exists(file) ? Optional.of(read(file, asset)) : Optional.empty();
  }

  private static FetchedAsset read(Path file, Asset asset) throws SourceException {
    if (!Files.isRegularFile(file)) {
      throw new SourceException(Code.NOT_REGULAR, file + ": not a file");
    }
    Digesting digesting = new Digesting(asset);
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digesting.add(buffer, read);
      }
    } catch (BodyTooLargeException e) {
      throw new SourceException(Code.TOO_LARGE, file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new SourceException(Code.UNREADABLE, "cannot read " + file + ": " + why(e));
    }
    return digesting.complete(file.toString());
  }

  /** Where a file of a release is to be put. */
  Path place(ReleaseVersion version, Asset asset) {
    return root.resolve(asset.family().tag(version)).resolve(asset.name());
  }

  /** What a log answered about an artifact; empty if that was not kept. */
  Optional<Bytes> logAnswer(ArtifactDigest artifact, int maxSize) throws SourceException {
    Path file = logPlace(artifact);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      // One byte more than allowed, for the reader to refuse.
      return Optional.of(Bytes.of(in.readNBytes(maxSize + 1)));
    } catch (IOException e) {
      throw new SourceException(Code.UNREADABLE, "cannot read " + file + ": " + why(e));
    }
  }

  /** Keeps what a log answered about an artifact. */
  void keepLogAnswer(ArtifactDigest artifact, Bytes answer) throws SourceException {
    Path file = logPlace(artifact);
    try (PartFile part = PartFile.create(file, it -> Files.newOutputStream(it))) {
      part.write(answer.toArray(), answer.length());
      part.commit();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private Path logPlace(ArtifactDigest artifact) {
    return root.resolve("log").resolve(artifact + ".json");
  }

  static SourceException unwritable(Path file, IOException e) {
    return new SourceException(Code.UNWRITABLE, "cannot write " + file + ": " + why(e));
  }

  /** The JDK's own messages are mostly paths. */
  private static String why(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException files when files.getReason() != null -> files.getReason();
      case FileSystemException files -> files.getClass().getSimpleName();
      default -> String.valueOf(e.getMessage());
    };
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
