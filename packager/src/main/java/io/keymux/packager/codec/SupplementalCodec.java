package io.keymux.packager.codec;

/**
 * A codec that a player may use instead of the base codec, for the same samples: Dolby Vision over
 * HDR10, HLG or SDR.
 *
 * <p>In HLS {@code SUPPLEMENTAL-CODECS="dvh1.08.07/db1p"}; in DASH {@code
 * scte214:supplementalCodecs="dvh1.08.07"} and {@code scte214:supplementalProfiles="db1p"}.
 *
 * @param codecs RFC 6381 string
 * @param brand compatibility brand, which names the base layer: {@code db1p} HDR10, {@code db2g}
 *     SDR, {@code db4h} HLG, {@code db4g} HLG in a stream that says BT.2020
 * @see "RFC 8216bis, 4.4.6.2 EXT-X-STREAM-INF; SCTE 214-1, 5.3"
 */
public record SupplementalCodec(String codecs, String brand) {}
