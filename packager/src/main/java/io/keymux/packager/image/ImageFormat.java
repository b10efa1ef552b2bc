package io.keymux.packager.image;

/**
 * A format of still images that DASH and HLS carry.
 *
 * @see "DASH-IF IOP 4.3, 6.2.6 Tiles of thumbnail images: image/jpeg and image/png"
 */
public enum ImageFormat {
  JPEG("image/jpeg", "jpeg", "jpg"),
  PNG("image/png", "png", "png");

  private final String mimeType;
  private final String codec;
  private final String extension;

  ImageFormat(String mimeType, String codec, String extension) {
    this.mimeType = mimeType;
    this.codec = codec;
    this.extension = extension;
  }

  public String mimeType() {
    return mimeType;
  }

  /** For CODECS of HLS. */
  public String codec() {
    return codec;
  }

  /** Of file names, without a dot. */
  public String extension() {
    return extension;
  }
}
