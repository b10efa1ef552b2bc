package io.keymux.keyserver.drmtoday;

/** The two forms of DRMtoday's key ingest. */
public enum IngestVersion {
  /** With a kind of DRM for each asset; the answer repeats the keys. */
  V2,
  /** One asset for all DRM systems; the answer's signalling fields are not public. */
  V3
}
