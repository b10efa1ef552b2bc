package io.keymux.packager.codec;

/**
 * Sound that a channel count does not describe.
 *
 * @param kind how it is coded
 * @param channels what HLS writes in front of the kind in CHANNELS: for {@link Kind#JOC} the
 *     complexity index, the number of objects that a decoder must render
 * @see "ETSI TS 102 366, H; ETSI TS 103 190-2, G; HLS Authoring Specification for Apple Devices, 9"
 */
public record SpatialAudio(Kind kind, int channels) {

  /** Names as HLS has them: {@code CHANNELS="16/JOC"}. */
  public enum Kind {
    /** Dolby Atmos in E-AC-3, joint object coding. */
    JOC,
    /** AC-4 made for headphones or with sound from above. */
    IMSA
  }
}
