package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The shared files of AWS tools, either of which may be missing.
 *
 * @param credentials usually {@code ~/.aws/credentials}; its settings win
 * @param config usually {@code ~/.aws/config}, where sections are called {@code profile NAME}
 */
public record AwsProfileFiles(Path credentials, Path config) {
  private static final long LARGEST_BYTES = 1 << 20;

  /**
   * @param home the user's home directory
   */
  public static AwsProfileFiles of(Path home) {
    Path folder = home.resolve(".aws");
    return new AwsProfileFiles(folder.resolve("credentials"), folder.resolve("config"));
  }

  /**
   * The settings of a profile, by name in lower case.
   *
   * @throws io.keymux.cpix.DrmException with code {@code key-server-credentials-invalid} if there
   *     are none, or a file cannot be read
   */
  Map<String, String> profile(String name) {
    IniFile general = read(config);
    Map<String, String> settings = new HashMap<>();
    if (name.equals("default")) {
      settings.putAll(general.section(name));
    }
    settings.putAll(general.section("profile " + name));
    settings.putAll(read(credentials).section(name));
    if (settings.isEmpty()) {
      throw UnusableCredentials.because(
          "There is no AWS profile %s in %s and %s."
              .formatted(name, credentials.getFileName(), config.getFileName()),
          "Check the name of the profile and where the files are.");
    }
    return settings;
  }

  private static IniFile read(Path file) {
    try {
      if (Files.size(file) <= LARGEST_BYTES) {
        return new IniFile(Files.readString(file, UTF_8));
      }
    } catch (NoSuchFileException e) {
      return new IniFile("");
    } catch (IOException e) {
      // Falls through.
    }
    throw UnusableCredentials.because(
        "The AWS profile file %s is not readable text of at most 1 MiB.".formatted(file),
        "Check its permissions and content.");
  }
}
