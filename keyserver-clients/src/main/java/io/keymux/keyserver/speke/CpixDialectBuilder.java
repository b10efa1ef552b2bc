package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.keyserver.answer.TrackTypeNames;
import io.keymux.keyserver.speke.CpixDialect.AnswerCheck;
import io.keymux.keyserver.speke.CpixDialect.ContentIdAttribute;
import io.keymux.keyserver.speke.CpixDialect.KidPolicy;
import io.keymux.keyserver.speke.CpixDialect.Placeholders;
import io.keymux.keyserver.speke.CpixDialect.RulesSent;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets what differs from plain CPIX; see the components of {@link CpixDialect}. */
public final class CpixDialectBuilder {
  private final CpixVersion cpix;
  private @Nullable SpekeVersion speke;
  private boolean headerEchoed;
  private ContentIdAttribute contentId = ContentIdAttribute.CONTENT_ID;
  private String contentType = "application/xml";
  private boolean versionAttribute;
  private KidPolicy kids = KidPolicy.REPLACE;
  private Placeholders placeholders = Placeholders.BY_SYSTEM;
  private RulesSent rules = RulesSent.FILTERS;
  private TrackTypeNames trackTypes = TrackTypeNames.SAME;
  private Set<ProtectionScheme> schemes = EnumSet.allOf(ProtectionScheme.class);
  private AnswerCheck answer = AnswerCheck.MAPPED;
  private boolean keyPeriods;

  CpixDialectBuilder(CpixVersion cpix) {
    this.cpix = cpix;
    this.versionAttribute = cpix.isAtLeast(CpixVersion.V2_3);
  }

  /**
   * Speaks this version of SPEKE, key periods too.
   *
   * @param echoed whether its header must come back
   */
  public CpixDialectBuilder speke(SpekeVersion version, boolean echoed) {
    speke = version;
    headerEchoed = echoed;
    keyPeriods = true;
    if (version == SpekeVersion.V1_0) {
      contentId = ContentIdAttribute.ID;
      versionAttribute = false;
      rules = RulesSent.NONE;
    }
    return this;
  }

  public CpixDialectBuilder contentId(ContentIdAttribute attribute) {
    contentId = attribute;
    return this;
  }

  /**
   * @param type {@code application/xml} or {@code text/xml}
   */
  public CpixDialectBuilder contentType(String type) {
    contentType = type;
    return this;
  }

  public CpixDialectBuilder versionAttribute(boolean written) {
    versionAttribute = written;
    return this;
  }

  public CpixDialectBuilder kids(KidPolicy policy) {
    kids = policy;
    return this;
  }

  public CpixDialectBuilder placeholders(Placeholders chosen) {
    placeholders = chosen;
    return this;
  }

  public CpixDialectBuilder rules(RulesSent sent) {
    rules = sent;
    return this;
  }

  public CpixDialectBuilder trackTypes(TrackTypeNames names) {
    trackTypes = names;
    return this;
  }

  public CpixDialectBuilder schemes(Set<ProtectionScheme> supported) {
    schemes = supported;
    return this;
  }

  public CpixDialectBuilder answer(AnswerCheck check) {
    answer = check;
    return this;
  }

  public CpixDialectBuilder keyPeriods(boolean known) {
    keyPeriods = known;
    return this;
  }

  /**
   * @throws IllegalArgumentException if the parts contradict each other, as usage rules in SPEKE v1
   */
  public CpixDialect build() {
    return new CpixDialect(
        speke,
        headerEchoed,
        contentId,
        contentType,
        cpix,
        versionAttribute,
        kids,
        placeholders,
        rules,
        trackTypes,
        schemes,
        answer,
        keyPeriods);
  }
}
