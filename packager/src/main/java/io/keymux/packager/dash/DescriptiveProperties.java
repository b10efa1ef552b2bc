package io.keymux.packager.dash;

import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.SpatialAudio;
import io.keymux.packager.codec.SupplementalCodec;
import io.keymux.packager.codec.VideoRange;
import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackDetails;
import io.keymux.packager.media.TrackRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an MPD says of a track by which players and viewers choose. Properties are supplemental: a
 * player that does not know them plays the track all the same.
 */
final class DescriptiveProperties {
  static final String SCTE_214 = "urn:scte:dash:scte214-extensions";

  private static final String ROLE = "urn:mpeg:dash:role:2011";
  private static final String AUDIO_PURPOSE = "urn:tva:metadata:cs:AudioPurposeCS:2007";

  private DescriptiveProperties() {}

  /**
   * Nothing for SDR, which players expect.
   *
   * @see "DASH-IF IOP 4.3, 10.3.3; ISO/IEC 23091-2, 8.2"
   */
  static void writeRange(XmlWriter xml, VideoRange range) {
    if (range != VideoRange.SDR) {
      xml.descriptor(
          "SupplementalProperty",
          "urn:mpeg:mpegB:cicp:TransferCharacteristics",
          range == VideoRange.PQ ? "16" : "18");
    }
  }

  /**
   * @see "SCTE 214-1, 5.3 Supplemental codecs"
   */
  static void writeSupplementalCodecs(XmlWriter xml, TrackDetails details) {
    SupplementalCodec supplemental = details.supplemental();
    if (supplemental != null) {
      xml.attribute("scte214:supplementalCodecs", supplemental.codecs())
          .attribute("scte214:supplementalProfiles", supplemental.brand());
    }
  }

  /**
   * @see "Dolby, MPEG-DASH signalling of E-AC-3 with joint object coding and of AC-4; DASH-IF IOP
   *     part 8"
   */
  static void writeSpatial(XmlWriter xml, @Nullable SpatialAudio spatial) {
    if (spatial == null) {
      return;
    }
    String property = "SupplementalProperty";
    switch (spatial.kind()) {
      case JOC ->
          xml.descriptor(property, "tag:dolby.com,2018:dash:EC3_ExtensionType:2018", "JOC")
              .descriptor(
                  property,
                  "tag:dolby.com,2018:dash:EC3_ExtensionComplexityIndex:2018",
                  Integer.toString(spatial.channels()));
      case IMSA ->
          xml.descriptor(property, "tag:dolby.com,2016:dash:virtualized_content:2016", "1");
    }
  }

  /** A label, for whom it is made, and roles. */
  static void writeSelection(XmlWriter xml, TrackType type, Selection selection) {
    if (selection.name() != null) {
      xml.text("Label", selection.name());
    }
    if (selection.is(TrackRole.DESCRIPTION)) {
      xml.descriptor("Accessibility", AUDIO_PURPOSE, "1");
    }
    if (selection.is(TrackRole.CAPTION)) {
      xml.descriptor("Accessibility", AUDIO_PURPOSE, "2");
    }
    TrackRole usual = type == TrackType.TEXT ? TrackRole.SUBTITLE : TrackRole.MAIN;
    List<TrackRole> roles = selection.roles().isEmpty() ? List.of(usual) : selection.roles();
    roles.forEach(role -> xml.descriptor("Role", ROLE, role.id()));
  }
}
