package io.keymux.keyserver.profile;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.keyserver.answer.TrackTypeNames;
import io.keymux.keyserver.speke.CpixDialect;
import io.keymux.keyserver.speke.CpixDialect.AnswerCheck;
import io.keymux.keyserver.speke.CpixDialect.ContentIdAttribute;
import io.keymux.keyserver.speke.CpixDialect.KidPolicy;
import io.keymux.keyserver.speke.CpixDialect.Placeholders;
import io.keymux.keyserver.speke.CpixDialect.RulesSent;
import io.keymux.keyserver.speke.CpixDialectBuilder;
import io.keymux.keyserver.speke.SpekeVersion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code cpix}: how a key server wants to be asked in CPIX. */
final class DialectReader {
  private final ProfileFields cpix;

  private DialectReader(ProfileFields cpix) {
    this.cpix = cpix;
  }

  /**
   * @param cpix the section
   * @param types what the server calls track types
   */
  static CpixDialect read(ProfileFields cpix, TrackTypeNames types, Set<ProtectionScheme> schemes) {
    return new DialectReader(cpix).read(types, schemes);
  }

  private CpixDialect read(TrackTypeNames types, Set<ProtectionScheme> schemes) {
    SpekeVersion speke = speke();
    CpixDialectBuilder dialect = CpixDialect.vendor(version(speke));
    if (speke != null) {
      dialect.speke(speke, cpix.flag("headerEchoed", true));
    }
    boolean first = speke == SpekeVersion.V1_0;
    dialect.answer(
        word(
            "check", AnswerCheck.values(), speke == null ? AnswerCheck.MAPPED : AnswerCheck.EXACT));
    dialect.contentId(
        cpix.choice(
            "contentIdAttribute",
            ordered(
                "id", ContentIdAttribute.ID,
                "contentId", ContentIdAttribute.CONTENT_ID,
                "both", ContentIdAttribute.BOTH),
            first ? ContentIdAttribute.ID : ContentIdAttribute.CONTENT_ID));
    dialect.contentType(cpix.text("contentType", "application/xml"));
    dialect.kids(word("kids", KidPolicy.values(), KidPolicy.REPLACE));
    dialect.placeholders(word("placeholders", Placeholders.values(), Placeholders.BY_SYSTEM));
    RulesSent rules = word("rules", RulesSent.values(), first ? RulesSent.NONE : RulesSent.FILTERS);
    dialect.rules(rules);
    dialect.keyPeriods(
        cpix.flag("keyPeriods", first || (speke != null && rules != RulesSent.NONE)));
    if (cpix.has("versionAttribute")) {
      dialect.versionAttribute(cpix.flag("versionAttribute", false));
    }
    dialect.trackTypes(types);
    dialect.schemes(schemes);
    try {
      return dialect.build();
    } catch (IllegalArgumentException e) {
      throw cpix.fault("", "contradicts itself: " + e.getMessage());
    }
  }

  private @Nullable SpekeVersion speke() {
    String text = cpix.text("speke", "2.0");
    return switch (text) {
      case "none" -> null;
      case "1.0" -> SpekeVersion.V1_0;
      case "2.0" -> SpekeVersion.V2_0;
      case "2.1" -> SpekeVersion.V2_1;
      default -> throw cpix.fault("speke", "is not one of none, 1.0, 2.0, 2.1");
    };
  }

  private CpixVersion version(@Nullable SpekeVersion speke) {
    String text = cpix.optional("cpixVersion");
    if (text == null) {
      return speke == null ? CpixVersion.V2_3 : speke.cpix();
    }
    CpixVersion version = CpixVersion.of(text);
    if (version == null) {
      throw cpix.fault("cpixVersion", "is not a version of CPIX");
    }
    return version;
  }

  /** A constant by its name in kebab case. */
  private <E extends Enum<E>> E word(String field, E[] values, E otherwise) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E value : values) {
      words.put(value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value);
    }
    return cpix.choice(field, words, otherwise);
  }

  private static <T> Map<String, T> ordered(
      String one, T first, String two, T second, String three, T third) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(one, first);
    words.put(two, second);
    words.put(three, third);
    return words;
  }
}
