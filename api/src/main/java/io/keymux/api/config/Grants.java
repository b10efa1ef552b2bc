package io.keymux.api.config;

import io.keymux.api.access.Scope;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What credentials in the configuration open. */
final class Grants {
  private Grants() {}

  /**
   * @param at where it stands, with a dot behind it
   * @param tenant absent for {@code default}
   * @throws DrmException with code {@code invalid-config} if it cannot be one's name
   */
  static String tenant(String at, @Nullable String tenant) {
    String owner = Objects.requireNonNullElse(tenant, QueueSettings.DEFAULT_TENANT);
    MpsConfig.requireTenant(at, owner);
    return owner;
  }

  /**
   * @throws DrmException with code {@code invalid-config} if there are none, or one is not known
   */
  static Set<Scope> scopes(String at, @Nullable List<String> scopes) {
    Set<Scope> granted = EnumSet.noneOf(Scope.class);
    for (String scope : scopes == null ? List.<String>of() : scopes) {
      granted.add(
          Scope.ofId(String.valueOf(scope))
              .orElseThrow(() -> invalid(at + "scopes holds one that is not known")));
    }
    if (granted.isEmpty()) {
      throw invalid(at + "scopes are missing");
    }
    return granted;
  }

  static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER,
        "invalid-config",
        problem + ".",
        "docs/security.md has examples; scopes are "
            + Arrays.stream(Scope.values()).map(Scope::id).collect(Collectors.joining(", "))
            + ".");
  }
}
