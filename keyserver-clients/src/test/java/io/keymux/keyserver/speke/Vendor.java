package io.keymux.keyserver.speke;

import static io.keymux.cpix.DrmSystem.FAIRPLAY;
import static io.keymux.cpix.DrmSystem.PLAYREADY;
import static io.keymux.cpix.DrmSystem.WIDEVINE;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.keyserver.answer.TrackTypeNames;
import io.keymux.keyserver.speke.CpixDialect.AnswerCheck;
import io.keymux.keyserver.speke.CpixDialect.ContentIdAttribute;
import io.keymux.keyserver.speke.CpixDialect.KidPolicy;
import io.keymux.keyserver.speke.CpixDialect.Placeholders;
import io.keymux.keyserver.speke.CpixDialect.RulesSent;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Key servers with dialects of their own, as their public documents and clients show them. The
 * names after the dialect say how the answer looks: prefixes of CPIX and PSKC, and its traits.
 */
public record Vendor(
    String name, CpixDialect dialect, String cpix, String pskc, Set<Vendor.Trait> traits) {

  /** All of it is replaced or added to: KIDs, IVs, lines for HLS next to the old URI. */
  public static final Vendor DOVERUNNER =
      new Vendor(
          "doverunner",
          CpixDialect.vendor(CpixVersion.V2_3)
              .contentId(ContentIdAttribute.ID)
              .versionAttribute(false)
              .placeholders(Placeholders.NONE)
              .trackTypes(
                  new TrackTypeNames(
                      Map.of("ALL", "ALL_TRACKS", "VIDEO", "HD"),
                      new TreeSet<>(Set.of("ALL_TRACKS", "AUDIO", "SD", "HD", "UHD1", "UHD2"))))
              .build(),
          "cpix",
          "pskc",
          EnumSet.of(Trait.ID, Trait.NEW_KIDS, Trait.IV, Trait.HEADER, Trait.LINES, Trait.URI));

  public static final Vendor KEYOS =
      new Vendor(
          "keyos",
          CpixDialect.vendor(CpixVersion.V2_3)
              .contentId(ContentIdAttribute.ID)
              .contentType("text/xml")
              .build(),
          "cpix",
          "pskc",
          EnumSet.of(Trait.ID, Trait.NEW_KIDS, Trait.IV, Trait.SCHEME, Trait.URI));
  public static final Vendor SIGMA =
      new Vendor(
          "sigma",
          CpixDialect.vendor(CpixVersion.V2_3).kids(KidPolicy.ECHO).build(),
          "ns2",
          "ns4",
          EnumSet.of(Trait.CONTENT_ID, Trait.SCHEME, Trait.LINES));
  public static final Vendor IRDETO =
      new Vendor(
          "irdeto",
          CpixDialect.vendor(CpixVersion.V2_3)
              .contentType("text/xml")
              .rules(RulesSent.TYPES)
              .schemes(EnumSet.of(ProtectionScheme.CENC, ProtectionScheme.CBCS))
              .build(),
          "cpix",
          "pskc",
          EnumSet.of(Trait.CONTENT_ID, Trait.SCHEME, Trait.LINES, Trait.OWN_FILTERS));
  public static final Vendor VERIMATRIX =
      new Vendor(
          "verimatrix",
          CpixDialect.vendor(CpixVersion.V2_1).placeholders(Placeholders.PSSH_ALWAYS).build(),
          "cpix",
          "pskc",
          EnumSet.of(Trait.CONTENT_ID, Trait.EMPTY_PSSH, Trait.URI));

  /** CPIX 2.0 had one word for HLS, and none for the scheme. */
  public static final Vendor OLDEST =
      new Vendor(
          "oldest",
          CpixDialect.vendor(CpixVersion.V2_0).contentId(ContentIdAttribute.BOTH).build(),
          "",
          "pskc",
          EnumSet.of(Trait.ID, Trait.CONTENT_ID, Trait.URI));

  /** SPEKE v2.0 but for what the answer may look like. */
  public static final Vendor NO_ECHO =
      new Vendor(
          "no-echo",
          CpixDialect.vendor(CpixVersion.V2_3)
              .speke(SpekeVersion.V2_0, false)
              .answer(AnswerCheck.MAPPED)
              .build(),
          "cpix",
          "pskc",
          EnumSet.of(Trait.CONTENT_ID, Trait.SCHEME, Trait.LINES));

  public static final Vendor DRMTODAY =
      new Vendor(
          "drmtoday",
          CpixDialect.vendor(CpixVersion.V2_3).build(),
          "cpix",
          "pskc",
          EnumSet.of(Trait.CONTENT_ID, Trait.NEW_KIDS, Trait.IV, Trait.SCHEME, Trait.LINES));

  static final List<Vendor> ALL =
      List.of(DOVERUNNER, KEYOS, SIGMA, IRDETO, VERIMATRIX, OLDEST, NO_ECHO, DRMTODAY);

  /** What an answer has. */
  public enum Trait {
    ID,
    CONTENT_ID,
    NEW_KIDS,
    IV,
    SCHEME,
    /** speke:ProtectionHeader, and a PlayReady object without a box in the MPD. */
    HEADER,
    LINES,
    URI,
    EMPTY_PSSH,
    /** Bounds of the server's own in the rules. */
    OWN_FILTERS
  }

  public static DrmSystem[] systems() {
    return new DrmSystem[] {WIDEVINE, PLAYREADY, FAIRPLAY};
  }

  @Override
  public String toString() {
    return name;
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The KID that the server gives for one that it was asked for. */
  public KeyId kid(KeyId asked) {
    UUID uuid = asked.uuid();
    return has(Trait.NEW_KIDS)
        ? new KeyId(new UUID(~uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()))
        : asked;
  }

  String type(String ours) {
    return dialect.trackTypes().names().getOrDefault(ours, ours);
  }
}
