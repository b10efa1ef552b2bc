package io.keymux.api.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the embedded key server answers.
 *
 * @param auth who gets keys
 * @param protection by track type; {@value #OTHERS} is for all that have no entry
 * @param tickets who gets keys over the DRMtoday routes
 * @param streamTypes what a generated document has a key for; at least one, no two for the same
 *     tracks
 */
public record KeyServerSettings(
    AuthSettings auth,
    Map<String, OutputProtection> protection,
    TicketSettings tickets,
    List<StreamType> streamTypes) {
  /** A key for audio and one for each class of video. */
  static final List<StreamType> ALL_STREAM_TYPES =
      List.of(StreamType.AUDIO, StreamType.SD, StreamType.HD, StreamType.UHD1, StreamType.UHD2);

  /** Keys for everyone who reaches the service, and nothing said about their use. */
  public static final KeyServerSettings DEFAULT =
      new KeyServerSettings(new AuthSettings.None(), Map.of());

  static final String OTHERS = "*";

  public KeyServerSettings {
    protection = Map.copyOf(protection);
    streamTypes = List.copyOf(streamTypes);
  }

  /** With tickets for any account. */
  public KeyServerSettings(AuthSettings auth, Map<String, OutputProtection> protection) {
    this(auth, protection, TicketSettings.DEFAULT, ALL_STREAM_TYPES);
  }

  /** The same with other tickets. */
  public KeyServerSettings withTickets(TicketSettings other) {
    return new KeyServerSettings(auth, protection, other, streamTypes);
  }

  /** The same with other keys in generated documents. */
  public KeyServerSettings withStreamTypes(List<StreamType> other) {
    return new KeyServerSettings(auth, protection, tickets, other);
  }

  /**
   * What is to be said of keys for {@code trackType}: by its name, else by the first of its parts
   * that has an entry.
   *
   * @param trackType as in a usage rule; parts are joined by {@code +}
   */
  public @Nullable OutputProtection protectionOf(String trackType) {
    OutputProtection whole = protection.get(trackType);
    if (whole != null) {
      return whole;
    }
    for (String part : List.of(trackType.split("\\+", -1))) {
      OutputProtection found = protection.get(part);
      if (found != null) {
        return found;
      }
    }
    return protection.get(OTHERS);
  }
}
