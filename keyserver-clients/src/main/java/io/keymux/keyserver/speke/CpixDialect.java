package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.keyserver.answer.TrackTypeNames;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one vendor's key server wants to be asked in CPIX, and how far its answer may differ from
 * what SPEKE says. {@link #of(SpekeVersion)} is SPEKE itself; vendors that deviate are described by
 * {@link #vendor} and its {@link CpixDialectBuilder}.
 *
 * @param speke the protocol whose {@code X-Speke-Version} is sent, or null for plain CPIX without
 *     that header. {@link SpekeVersion#V1_0} has no such header either; it adds the {@code speke:}
 *     placeholders and asks for one key
 * @param headerEchoed whether the answer must carry the same {@code X-Speke-Version}
 * @param contentId the attribute of {@code CPIX} that names the asset
 * @param contentType of the request: {@code application/xml} or {@code text/xml}
 * @param cpix the version that the request keeps to; what it has no place for is not sent
 * @param versionAttribute whether {@code CPIX@version} is written; it exists since CPIX 2.3
 * @param kids what the server may do with the KIDs that it is asked for
 * @param placeholders the children of each {@code DRMSystem} of the request
 * @param rules what is sent of the usage rules
 * @param trackTypes the vendor's words for our {@code intendedTrackType}s, as {@code ALL_TRACKS}
 *     for {@code ALL}
 * @param schemes that the server makes keys for; at least one
 * @param answer how the answer is held against the request
 * @param keyPeriods whether it can be asked for the key of one key period, by a {@code
 *     ContentKeyPeriodList} that all rules refer to
 * @see "AWS SPEKE API specification v1; v2.0"
 * @see "DASH-IF Implementation Guidelines: CPIX"
 */
public record CpixDialect(
    @Nullable SpekeVersion speke,
    boolean headerEchoed,
    ContentIdAttribute contentId,
    String contentType,
    CpixVersion cpix,
    boolean versionAttribute,
    KidPolicy kids,
    Placeholders placeholders,
    RulesSent rules,
    TrackTypeNames trackTypes,
    Set<ProtectionScheme> schemes,
    AnswerCheck answer,
    boolean keyPeriods) {

  /** Where the content id stands. */
  public enum ContentIdAttribute {
    /** {@code CPIX@id}, as in SPEKE v1. */
    ID,
    /** {@code CPIX@contentId}, as in SPEKE v2. */
    CONTENT_ID,
    /** In both. */
    BOTH
  }

  /** What a server may do with KIDs. */
  public enum KidPolicy {
    /** It must keep them: another KID is refused. */
    ECHO,
    /** It may give keys under KIDs of its own. */
    REPLACE
  }

  /** What the {@code DRMSystem} elements of a request hold. */
  public enum Placeholders {
    /** Nothing: the bare element names system and KID. */
    NONE,
    /** An empty element for each kind of signalling that the system has. */
    BY_SYSTEM,
    /** As {@link #BY_SYSTEM}, and an empty {@code PSSH} for FairPlay too. */
    PSSH_ALWAYS
  }

  /** What a request says about tracks. */
  public enum RulesSent {
    /** No usage rules. Where KIDs may be replaced, one key is all that can be asked for then. */
    NONE,
    /** Rules with {@code intendedTrackType} alone. */
    TYPES,
    /** Rules with video and audio filters too. */
    FILTERS
  }

  /** How strict the reading of an answer is. */
  public enum AnswerCheck {
    /** Everything must come back as SPEKE demands it. */
    EXACT,
    /**
     * Keys, KIDs and rules must map to the request without doubt; signalling may have another form.
     */
    MAPPED
  }

  public CpixDialect {
    if (schemes.isEmpty()) {
      throw new IllegalArgumentException("a dialect needs a scheme");
    }
    schemes = Collections.unmodifiableSet(EnumSet.copyOf(schemes));
    if (!contentType.equals("application/xml") && !contentType.equals("text/xml")) {
      throw new IllegalArgumentException("not a content type of XML: " + contentType);
    }
    if (answer == AnswerCheck.EXACT && speke == null) {
      throw new IllegalArgumentException("without a version of SPEKE there is nothing exact");
    }
    if (speke == SpekeVersion.V1_0 && (rules != RulesSent.NONE || versionAttribute)) {
      throw new IllegalArgumentException("SPEKE v1 has neither usage rules nor a version");
    }
    if (keyPeriods && rules == RulesSent.NONE && speke != SpekeVersion.V1_0) {
      throw new IllegalArgumentException("key periods need usage rules that name them");
    }
    if (versionAttribute && !cpix.isAtLeast(CpixVersion.V2_3)) {
      throw new IllegalArgumentException("CPIX " + cpix.text() + " has no version attribute");
    }
  }

  /** SPEKE as AWS specifies it: nothing but KIDs may change. */
  public static CpixDialect of(SpekeVersion version) {
    boolean first = version == SpekeVersion.V1_0;
    return new CpixDialect(
        version,
        true,
        first ? ContentIdAttribute.ID : ContentIdAttribute.CONTENT_ID,
        "application/xml",
        version.cpix(),
        !first,
        KidPolicy.REPLACE,
        Placeholders.BY_SYSTEM,
        first ? RulesSent.NONE : RulesSent.FILTERS,
        TrackTypeNames.SAME,
        EnumSet.allOf(ProtectionScheme.class),
        AnswerCheck.EXACT,
        true);
  }

  /** Plain CPIX with {@code contentId}, rules and filters, KIDs that may be replaced. */
  public static CpixDialectBuilder vendor(CpixVersion cpix) {
    return new CpixDialectBuilder(cpix);
  }

  /** How many keys one document may ask for: without rules, replaced KIDs cannot be told apart. */
  int maxKeys() {
    boolean told = rules != RulesSent.NONE || kids == KidPolicy.ECHO;
    return speke == SpekeVersion.V1_0 || !told ? 1 : Integer.MAX_VALUE;
  }

  /** {@code X-Speke-Version} of the request, or null. */
  @Nullable String header() {
    return speke == null ? null : speke.header();
  }
}
