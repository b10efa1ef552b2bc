package io.keymux.cpix.validation;

/** The profiles that a rule belongs to. */
enum Scope {
  ALL,
  CPIX,
  NOT_SPEKE_V1,
  SPEKE,
  SPEKE_V1,
  SPEKE_V2;

  boolean includes(CpixProfile profile) {
    return switch (this) {
      case ALL -> true;
      case CPIX -> !profile.isSpeke();
      case NOT_SPEKE_V1 -> profile != CpixProfile.SPEKE_V1;
      case SPEKE -> profile.isSpeke();
      case SPEKE_V1 -> profile == CpixProfile.SPEKE_V1;
      case SPEKE_V2 -> profile == CpixProfile.SPEKE_V2;
    };
  }
}
