package io.keymux.packager.codec;

/**
 * How code values of a video become light. Names are those of VIDEO-RANGE in HLS.
 *
 * @see "ISO/IEC 23091-2, 8.2 Transfer characteristics; RFC 8216bis, 4.4.6.2 EXT-X-STREAM-INF"
 */
public enum VideoRange {
  /** Standard dynamic range, or not said. */
  SDR,
  /** Hybrid log-gamma, ARIB STD-B67. */
  HLG,
  /** SMPTE ST 2084: HDR10 and Dolby Vision. */
  PQ
}
