package io.keymux.keyserver.profile;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import java.util.Set;

/**
 * What may be shown of a key server: nothing of its URL but the host, and no secret.
 *
 * @param profile that it is made from
 * @param title of the product
 * @param transport as {@code cpix-post}
 * @param auth as {@code cas} or {@code header+mtls}
 * @param host or {@code -} if nothing is called
 * @param maxKeys for one asset; {@link Integer#MAX_VALUE} for no limit
 * @param contentId the pattern of content ids
 * @param schemes that it knows
 * @param systems that it gives keys for
 */
public record KeyServerFacts(
    String profile,
    String title,
    String transport,
    String auth,
    String host,
    int maxKeys,
    String contentId,
    Set<ProtectionScheme> schemes,
    Set<DrmSystem> systems) {
  public KeyServerFacts {
    schemes = Set.copyOf(schemes);
    systems = Set.copyOf(systems);
  }
}
