package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code keyServer.streamTypes}. */
final class StreamTypesConfig {
  private static final String REMEDY =
      "List AUDIO with VIDEO, or with some of SD, HD, UHD1, UHD2; or VIDEO_AUDIO alone.";

  private StreamTypesConfig() {}

  /**
   * @throws DrmException with code {@code invalid-config} if a name is not known, stands twice, or
   *     two types are for the same tracks
   */
  static List<StreamType> resolve(@Nullable List<String> names) {
    if (names == null) {
      return KeyServerSettings.ALL_STREAM_TYPES;
    }
    List<StreamType> types = new ArrayList<>();
    for (String name : names) {
      StreamType type = of(name);
      if (types.contains(type)) {
        throw invalid("has " + type + " twice");
      }
      types.add(type);
    }
    if (types.isEmpty()) {
      throw invalid("is empty");
    }
    if (types.contains(StreamType.VIDEO_AUDIO) && types.size() > 1) {
      throw invalid("has VIDEO_AUDIO beside others");
    }
    if (types.contains(StreamType.VIDEO) && types.stream().anyMatch(StreamType::videoClass)) {
      throw invalid("has VIDEO beside a type of video");
    }
    return types;
  }

  private static StreamType of(@Nullable String name) {
    for (StreamType type : StreamType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw invalid("has \"" + name + "\"");
  }

  private static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER, "invalid-config", "keyServer.streamTypes " + problem + ".", REMEDY);
  }
}
