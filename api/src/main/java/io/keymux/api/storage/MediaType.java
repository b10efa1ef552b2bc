package io.keymux.api.storage;

import java.util.Locale;

/** The media type of a file of an output, by its name. */
public final class MediaType {
  private MediaType() {}

  /** As it stands in {@code Content-Type}. */
  public static String of(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "mpd" -> "application/dash+xml";
      case "m3u8" -> "application/vnd.apple.mpegurl";
      case "m4s" -> "video/iso.segment";
      case "mp4" -> "video/mp4";
      case "ts" -> "video/mp2t";
      case "aac" -> "audio/aac";
      case "mp3" -> "audio/mpeg";
      case "ac3" -> "audio/ac3";
      case "ec3" -> "audio/eac3";
      case "vtt" -> "text/vtt";
      case "jpg" -> "image/jpeg";
      case "png" -> "image/png";
      case "json" -> "application/json";
      default -> "application/octet-stream";
    };
  }
}
