package io.keymux.cpix;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys, their signalling and the rules that say which track gets which: one CPIX document.
 *
 * @param contentId what the keys are for, or null
 * @param version {@code CPIX@version} as {@code 2.3}, or null (documents before 2.3 have none)
 * @param contentKeys keys with a value; KIDs are distinct
 * @param requestedKeys keys without a value that could be read
 * @param details what the document says about itself
 * @see "DASH-IF Implementation Guidelines: CPIX"
 */
public record CpixDocument(
    @Nullable String contentId,
    @Nullable String version,
    List<ContentKey> contentKeys,
    List<RequestedKey> requestedKeys,
    List<DrmSignaling> drmSystems,
    List<KeyPeriod> keyPeriods,
    List<UsageRule> usageRules,
    DocumentDetails details) {

  public CpixDocument {
    contentKeys = List.copyOf(contentKeys);
    requestedKeys = List.copyOf(requestedKeys);
    drmSystems = List.copyOf(drmSystems);
    keyPeriods = List.copyOf(keyPeriods);
    usageRules = List.copyOf(usageRules);
    Set<KeyId> seen = new HashSet<>();
    for (ContentKey key : contentKeys) {
      requireNew(seen, key.id());
    }
    for (RequestedKey key : requestedKeys) {
      requireNew(seen, key.id());
    }
  }

  public CpixDocument(
      @Nullable String contentId,
      @Nullable String version,
      List<ContentKey> contentKeys,
      List<RequestedKey> requestedKeys,
      List<DrmSignaling> drmSystems,
      List<KeyPeriod> keyPeriods,
      List<UsageRule> usageRules) {
    this(
        contentId,
        version,
        contentKeys,
        requestedKeys,
        drmSystems,
        keyPeriods,
        usageRules,
        DocumentDetails.NONE);
  }

  /** A document with keys and rules only; signalling is then made by Keymux. */
  public static CpixDocument ofKeys(
      @Nullable String contentId, List<ContentKey> keys, List<UsageRule> rules) {
    return new CpixDocument(contentId, "2.3", keys, List.of(), List.of(), List.of(), rules);
  }

  public Optional<ContentKey> contentKey(KeyId id) {
    return contentKeys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** The signalling of one key, in document order. */
  public List<DrmSignaling> signaling(KeyId id) {
    return drmSystems.stream().filter(entry -> entry.keyId().equals(id)).toList();
  }

  /** The same keys for one key period alone: a document without periods and rules that name one. */
  public CpixDocument during(KeyPeriod period) {
    return new CpixDocument(
        contentId,
        version,
        contentKeys,
        requestedKeys,
        drmSystems,
        List.of(period),
        usageRules.stream().map(rule -> rule.during(period)).toList(),
        details);
  }

  private static void requireNew(Set<KeyId> seen, KeyId id) {
    if (!seen.add(id)) {
      throw new InvalidCpixException(
          "cpix-duplicate-kid",
          "KID " + id + " stands in more than one ContentKey element.",
          "A KID names one key: remove the others.");
    }
  }
}
