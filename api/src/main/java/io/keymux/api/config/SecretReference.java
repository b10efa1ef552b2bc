package io.keymux.api.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret that stands elsewhere: {@code ${env:NAME}} or {@code ${file:PATH}}. Configuration files
 * get copied around, so a secret itself is refused in one.
 */
final class SecretReference {
  private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):([^{}]+)}");
  private static final int LIMIT_BYTES = 4096;

  private SecretReference() {}

  /**
   * @param setting for messages, which never hold {@code reference} itself: it may be a secret
   * @return what the variable or the file holds, without line breaks at its end
   * @throws DrmException with code {@code invalid-config} if it is no reference, or leads to
   *     nothing, to an empty text or to more than 4096 bytes
   */
  static SecretBytes resolve(String setting, String reference, Map<String, String> environment) {
    Matcher form = FORM.matcher(reference);
    if (!form.matches()) {
      throw invalid(setting + " is not a reference");
    }
    String name = form.group(2);
    byte[] value =
        form.group(1).equals("env") ? variable(setting, name, environment) : file(setting, name);
    int size = value.length;
    while (size > 0 && (value[size - 1] == '\n' || value[size - 1] == '\r')) {
      size--;
    }
    byte[] secret = Arrays.copyOf(value, size);
    Arrays.fill(value, (byte) 0);
    try {
      if (size == 0 || size > LIMIT_BYTES) {
        throw invalid(setting + " leads to an empty text or to more than 4096 bytes");
      }
      return SecretBytes.copyOf(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] variable(String setting, String name, Map<String, String> environment) {
    String value = environment.get(name);
    if (value == null) {
      throw invalid(setting + " names the environment variable " + name + ", which is not set");
    }
    return value.getBytes(UTF_8);
  }

  private static byte[] file(String setting, String name) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      return in.readNBytes(LIMIT_BYTES + 1);
    } catch (IOException | InvalidPathException e) {
      throw invalid(
          "%s names the file %s, which cannot be read: %s"
              .formatted(setting, name, e.getClass().getSimpleName()));
    }
  }

  private static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER, "invalid-config", problem + ".", "Write it as ${env:NAME} or ${file:PATH}.");
  }
}
