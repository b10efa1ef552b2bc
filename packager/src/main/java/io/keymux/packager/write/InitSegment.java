package io.keymux.packager.write;

import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.EditList;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.MissingResourceException;

/**
 * Writes the CMAF header of a track: {@code ftyp} and a {@code moov} without samples.
 *
 * @see "ISO/IEC 23000-19, 7.3.1 CMAF header"
 */
final class InitSegment {
  /** Index of the sample entry of segments that stay clear in a protected track. */
  static final int CLEAR_ENTRY = 2;

  private static final int TRACK_ID = 1;

  private final TrackPlan plan;
  private final MediaTrack media;
  private final BoxWriter out = new BoxWriter(2048);

  private InitSegment(TrackPlan plan) {
    this.plan = plan;
    this.media = plan.source().media();
  }

  static byte[] of(TrackPlan plan) {
    InitSegment init = new InitSegment(plan);
    init.ftyp();
    init.moov();
    return init.out.toByteArray();
  }

  private void ftyp() {
    box(
        "ftyp",
        () -> {
          fourCc("iso6").u32(0);
          fourCc("iso6");
          fourCc("cmfc");
          fourCc("dash");
          fourCc("mp41");
        });
  }

  private void moov() {
    box(
        "moov",
        () -> {
          mvhd();
          box(
              "trak",
              () -> {
                tkhd();
                edts();
                mdia();
              });
          box("mvex", this::trex);
          pssh();
        });
  }

  private void mvhd() {
    fullBox(
        "mvhd",
        0,
        0,
        () -> {
          out.u32(0).u32(0).u32(media.timescale()).u32(0);
          out.u32(0x00010000).u16(0x0100).zeros(10);
          unityMatrix();
          out.zeros(24).u32(TRACK_ID + 1);
        });
  }

  private void tkhd() {
    int enabledInMovie = 0x3;
    fullBox(
        "tkhd",
        0,
        enabledInMovie,
        () -> {
          out.u32(0).u32(0).u32(TRACK_ID).u32(0).u32(0).zeros(8);
          out.u16(0).u16(0).u16(media.type() == TrackType.AUDIO ? 0x0100 : 0).u16(0);
          out.bytes(media.display().matrix().toArray());
          out.u32(media.display().width()).u32(media.display().height());
        });
  }

  private void edts() {
    EditList edit = media.edit();
    if (edit.mediaTime() == 0 && edit.duration() == 0) {
      return;
    }
    // The delay is part of every tfdt: browsers ignore an empty edit.
    box(
        "edts",
        () ->
            fullBox(
                "elst",
                1,
                0,
                () -> out.u32(1).u64(edit.duration()).u64(edit.mediaTime()).u16(1).u16(0)));
  }

  private void mdia() {
    box(
        "mdia",
        () -> {
          fullBox(
              "mdhd",
              0,
              0,
              () -> out.u32(0).u32(0).u32(media.timescale()).u32(0).u16(packedLanguage()).u16(0));
          fullBox("hdlr", 0, 0, this::hdlr);
          if (!isPlainLanguage()) {
            fullBox("elng", 0, 0, () -> string(media.language()));
          }
          box("minf", this::minf);
        });
  }

  private void hdlr() {
    out.u32(0);
    switch (media.type()) {
      case VIDEO -> fourCc("vide").zeros(12);
      case AUDIO -> fourCc("soun").zeros(12);
      case TEXT -> fourCc(isXml() ? "subt" : "text").zeros(12);
    }
    string("Keymux");
  }

  /**
   * Subtitles in XML have a handler of their own.
   *
   * @see "ISO/IEC 14496-30, 5.2; ISO/IEC 14496-12, 12.6.1"
   */
  private boolean isXml() {
    return media.entry().format().equals("stpp");
  }

  private void minf() {
    switch (media.type()) {
      case VIDEO -> fullBox("vmhd", 0, 1, () -> out.zeros(8));
      case AUDIO -> fullBox("smhd", 0, 0, () -> out.zeros(4));
      case TEXT -> fullBox(isXml() ? "sthd" : "nmhd", 0, 0, () -> {});
    }
    box(
        "dinf",
        () ->
            fullBox(
                "dref",
                0,
                0,
                () -> {
                  out.u32(1);
                  int inThisFile = 1;
                  fullBox("url ", 0, inThisFile, () -> {});
                }));
    box(
        "stbl",
        () -> {
          fullBox(
              "stsd",
              0,
              0,
              () -> {
                out.u32(plan.isPartlyClear() ? 2 : 1);
                sampleEntries();
              });
          fullBox("stts", 0, 0, () -> out.u32(0));
          fullBox("stsc", 0, 0, () -> out.u32(0));
          fullBox("stsz", 0, 0, () -> out.u32(0).u32(0));
          fullBox("stco", 0, 0, () -> out.u32(0));
          media.groups().forEach(group -> SampleGroups.describe(out, group));
        });
  }

  /** The protected entry comes first, as it does with other packagers. */
  private void sampleEntries() {
    byte[] clear = media.entry().box().toArray();
    TrackEncryption encryption = plan.encryption();
    if (encryption != null) {
      ProtectedSampleEntry.write(out, media.type(), media.entry().format(), clear, encryption);
    }
    if (encryption == null || plan.isPartlyClear()) {
      out.bytes(clear);
    }
  }

  private void trex() {
    fullBox("trex", 0, 0, () -> out.u32(TRACK_ID).u32(1).u32(0).u32(0).u32(0));
  }

  /** Equal boxes of different keys appear once. */
  private void pssh() {
    TrackEncryption encryption = plan.encryption();
    if (encryption == null) {
      return;
    }
    encryption.pssh().forEach(pssh -> out.bytes(pssh.toArray()));
  }

  private void unityMatrix() {
    out.u32(0x00010000).zeros(12).u32(0x00010000).zeros(12).u32(0x40000000);
  }

  private boolean isPlainLanguage() {
    return media.language().length() <= 3;
  }

  /** Three letters of five bits, as ISO 639-2/T; {@code und} where there is no such code. */
  private int packedLanguage() {
    String code = "und";
    try {
      String iso3 = Locale.forLanguageTag(media.language()).getISO3Language();
      code = iso3.length() == 3 ? iso3.toLowerCase(Locale.ROOT) : code;
    } catch (MissingResourceException e) {
      // A language without a three-letter code: elng or the MPD names it.
    }
    return ((code.charAt(0) - 0x60) << 10)
        | ((code.charAt(1) - 0x60) << 5)
        | (code.charAt(2) - 0x60);
  }

  private void string(String text) {
    out.bytes(text.getBytes(StandardCharsets.UTF_8)).u8(0);
  }

  private BoxWriter fourCc(String type) {
    return out.u32(FourCc.of(type));
  }

  private void box(String type, Runnable body) {
    out.box(FourCc.of(type), body);
  }

  private void fullBox(String type, int version, int flags, Runnable body) {
    out.fullBox(FourCc.of(type), version, flags, body);
  }
}
