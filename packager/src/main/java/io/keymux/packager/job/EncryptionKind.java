package io.keymux.packager.job;

/** What the cipher works on. */
public enum EncryptionKind {
  /** Samples of MP4, as ISO/IEC 23001-7 has it. */
  COMMON_ENCRYPTION,
  /** Whole segments: HLS with METHOD=AES-128. */
  SEGMENTS,
  /** Frames of MPEG-TS and packed audio: HLS with METHOD=SAMPLE-AES. */
  TS_SAMPLES
}
