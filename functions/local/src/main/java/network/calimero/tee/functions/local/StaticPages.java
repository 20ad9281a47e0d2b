package network.calimero.tee.functions.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import network.calimero.tee.bytes.Bytes;
import network.calimero.tee.bytes.Sha256;
import network.calimero.tee.functions.api.Headers;
import network.calimero.tee.functions.api.HttpAnswer;

/**
 * A folder of web pages, read once at the start: paths are looked up among the files that were
 * there, so that no path leads anywhere else. Links are not followed.
 */
public final class StaticPages {
  /** The most bytes of all files together. */
  static final int MAX_SIZE = 64 * 1024 * 1024;

  private static final int MAX_FILES = 4_096;
  private static final String CACHING = "Cache-Control";
  private static final String INDEX = "/index.html";

  /** Names in here contain a hash of the content, as build tools make them. */
  private static final String HASHED = "/assets/";

  /** Nothing but what is served here: no inline script or style, no frame, no other origin. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("gif", "image/gif"),
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("png", "image/png"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"));

  private final Map<String, Page> pages;

  private record Page(Bytes content, String type, String etag) {}

  private StaticPages(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  /**
   * All regular files in a folder and below.
   *
   * @throws IOException if it cannot be read, has no index.html, or has too much in it
   */
  public static StaticPages read(Path folder) throws IOException {
    Map<String, Page> pages = new HashMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          private long size;

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              size += attributes.size();
              if (size > MAX_SIZE || pages.size() == MAX_FILES) {
                throw new IOException("%s has more in it than pages would".formatted(folder));
              }
              pages.put(path(folder, file), page(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    if (!pages.containsKey(INDEX)) {
      throw new IOException("%s has no index.html".formatted(folder));
    }
    return new StaticPages(pages);
  }

  private static String path(Path folder, Path file) {
    StringBuilder path = new StringBuilder();
    folder.relativize(file).forEach(part -> path.append('/').append(part));
    return path.toString();
  }

  private static Page page(Path file) throws IOException {
    Bytes content = Bytes.of(Files.readAllBytes(file));
    return new Page(content, type(file.toString()), "\"" + Sha256.of(content).hex() + "\"");
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  /**
   * What is at a path. A path that no file has, and that has no dot in its last part, is one that
   * the page itself shows: it gets the index.
   *
   * @param path as it was sent, still encoded
   * @param known what the caller has already: {@code If-None-Match}
   */
  HttpAnswer answer(String method, String path, Optional<String> known) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return guarded(HttpAnswer.empty(405)).with("Allow", "GET, HEAD").with(CACHING, "no-store");
    }
    return find(path)
        .map(page -> answer(page, path, known))
        .orElseGet(() -> guarded(HttpAnswer.empty(404)).with(CACHING, "no-store"));
  }

  private Optional<Page> find(String path) {
    Optional<Page> page = Optional.ofNullable(pages.get(path));
    boolean isName = path.indexOf('.', path.lastIndexOf('/') + 1) >= 0;
    return page.isPresent() || isName ? page : Optional.ofNullable(pages.get(INDEX));
  }

  private static HttpAnswer answer(Page page, String path, Optional<String> known) {
    HttpAnswer whole =
        new HttpAnswer(200, Headers.none().with("Content-Type", page.type), page.content);
    HttpAnswer answer = known.filter(page.etag::equals).isPresent() ? HttpAnswer.empty(304) : whole;
    return guarded(answer)
        .with("ETag", page.etag)
        .with(
            CACHING, path.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
  }

  private static HttpAnswer guarded(HttpAnswer answer) {
    return answer
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Opener-Policy", "same-origin")
        .with("Cross-Origin-Resource-Policy", "same-origin");
  }
}
