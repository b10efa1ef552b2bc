package io.keymux.packager.text;

import io.keymux.cpix.Bytes;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.OverlaySource;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.Movie;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of timed text, opened as if it were a movie with one track.
 *
 * @param movie with one text track, whose samples follow each other from 0 on
 * @param source with the samples; closes the file
 * @param ttml the document, or null if it is WebVTT
 * @param mediaTimes whether the times are those of the media, as X-TIMESTAMP-MAP says; else they
 *     count from where the presentation begins
 */
public record TextFile(
    Movie movie, MediaSource source, @Nullable TtmlDocument ttml, boolean mediaTimes) {
  /** As three characters of one byte. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private static final int PROBE_BYTES = 1024;

  /**
   * Whether this is timed text: a WebVTT signature, the root element {@code tt}, or a name that
   * says so.
   */
  public static boolean is(MediaSource file) {
    return kind(file) != null;
  }

  private enum Kind {
    WEBVTT,
    TTML
  }

  private static @Nullable Kind kind(MediaSource file) {
    byte[] bytes = new byte[(int) Math.min(PROBE_BYTES, file.size())];
    file.read(0, bytes, 0, bytes.length);
    String name = file.name().toLowerCase(Locale.ROOT);
    String start = new String(bytes, StandardCharsets.ISO_8859_1);
    if (start.startsWith(BYTE_ORDER_MARK)) {
      start = start.substring(BYTE_ORDER_MARK.length());
    }
    if (start.startsWith(WebVttParser.SIGNATURE) || name.endsWith(".vtt")) {
      return Kind.WEBVTT;
    }
    if ((start.startsWith("<") && TtmlDocument.begins(start)) || name.endsWith(".ttml")) {
      return Kind.TTML;
    }
    return null;
  }

  /**
   * Reads a file of which {@link #is} is true.
   *
   * @throws io.keymux.cpix.DrmException with code {@code webvtt-malformed}, {@code ttml-malformed},
   *     {@code text-too-large} or one of XML if it cannot be read, {@code no-tracks} if it has no
   *     cue
   */
  public static TextFile open(MediaSource file) {
    if (file.size() > BadText.MAX_BYTES) {
      throw BadText.tooLarge(file.name(), "it has");
    }
    byte[] bytes = new byte[(int) file.size()];
    file.read(0, bytes, 0, bytes.length);
    Bytes fingerprint = sha256(bytes);
    return kind(file) == Kind.TTML
        ? ttml(file, bytes, fingerprint)
        : webVtt(file, bytes, fingerprint);
  }

  private static TextFile webVtt(MediaSource file, byte[] bytes, Bytes fingerprint) {
    WebVttParser.Parsed parsed = WebVttParser.parse(file, utf8(file, bytes));
    List<String> notes = new ArrayList<>(parsed.notes());
    long moved = parsed.moved() == null ? 0 : parsed.moved();
    List<Cue> cues = new ArrayList<>();
    for (Cue cue : parsed.vtt().cues()) {
      Cue later = cue.later(moved);
      if (later.end() > 0) {
        cues.add(later.at(Math.max(0, later.start()), later.end()));
      }
    }
    if (moved != 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: X-TIMESTAMP-MAP moves its cues by %.3f s.",
              file.name(),
              moved / 1000.0));
    }
    if (cues.isEmpty()) {
      throw BadText.noCue(file);
    }
    SampleList samples = new SampleList(file.name(), file.size(), 0);
    WvttSamples.add(samples, cues, 0);
    MediaTrack track =
        MediaTrack.text(
            WvttSamples.TIMESCALE,
            "und",
            WvttSamples.entry(parsed.vtt().header()),
            samples.table());
    return new TextFile(
        new Movie(List.of(track), notes, fingerprint),
        new OverlaySource(file, samples.added()),
        null,
        parsed.moved() != null);
  }

  private static TextFile ttml(MediaSource file, byte[] bytes, Bytes fingerprint) {
    TtmlDocument document = TtmlDocument.parse(file.name(), bytes);
    SampleList samples = new SampleList(file.name(), file.size(), 0);
    samples.add(0, bytes.length, TtmlDocument.LASTING);
    MediaTrack track =
        MediaTrack.text(
            TtmlDocument.TIMESCALE, document.language(), document.entry(), samples.table());
    return new TextFile(
        new Movie(List.of(track), List.of(), fingerprint),
        new OverlaySource(file, samples.added()),
        document,
        false);
  }

  private static String utf8(MediaSource file, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw BadText.notUtf8(file, badLine(bytes));
    }
  }

  /** The first line, from 1, that is not UTF-8. */
  private static int badLine(byte[] bytes) {
    int line = 1;
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      boolean ends = i == bytes.length || bytes[i] == '\n' || (bytes[i] == '\r' && !crLf(bytes, i));
      if (ends) {
        try {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, i - start));
        } catch (CharacterCodingException e) {
          return line;
        }
        line++;
        start = i + 1;
      }
    }
    return line;
  }

  private static boolean crLf(byte[] bytes, int at) {
    return at + 1 < bytes.length && bytes[at + 1] == '\n';
  }

  private static Bytes sha256(byte[] bytes) {
    try {
      return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
