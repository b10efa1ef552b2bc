package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.keyserver.http.AddressPolicy;
import org.jspecify.annotations.Nullable;

/** Reads which addresses calls may go to. */
final class Addresses {
  private Addresses() {}

  /**
   * @param field where it is written
   * @param name {@code public}, {@code public-or-loopback} or {@code any}; null for {@code usual}
   * @throws DrmException with code {@code invalid-config} for another name
   */
  static AddressPolicy policy(String field, @Nullable String name, AddressPolicy usual) {
    return switch (name == null ? "" : name) {
      case "public" -> AddressPolicy.PUBLIC;
      case "public-or-loopback" -> AddressPolicy.PUBLIC_OR_LOOPBACK;
      case "any" -> AddressPolicy.ANY;
      default -> {
        if (name == null) {
          yield usual;
        }
        throw new DrmException(
            Blame.CALLER,
            "invalid-config",
            field + " is not public, public-or-loopback or any.",
            "With public, URLs that others write do not lead into your own network.");
      }
    };
  }
}
