package io.keymux.api.job;

import io.keymux.api.storage.StorageUrl;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, as its JSON says it: nothing is checked or filled in yet.
 *
 * @param input a single input; exactly one of this and {@code inputs} is there
 * @param inputs several inputs, one job
 * @param verify how much of the output is checked: none, structure, sample or full
 * @param labels the client's own notes, kept with the job and not interpreted
 * @param priority from {@value #LEAST_PRIORITY} to {@value #MOST_PRIORITY}, larger first; 0 if null
 * @param startAt before when the job does not start
 */
public record JobSpec(
    @Nullable Input input,
    @Nullable List<Input> inputs,
    @Nullable Packaging packaging,
    @Nullable Protection protection,
    @Nullable Output output,
    @Nullable String verify,
    @Nullable Map<String, String> labels,
    @Nullable Integer priority,
    @Nullable Instant startAt) {
  public static final int LEAST_PRIORITY = -50;
  public static final int MOST_PRIORITY = 50;

  public JobSpec {
    inputs = inputs == null ? null : List.copyOf(inputs);
    labels = labels == null ? null : Map.copyOf(labels);
  }

  /**
   * A media file, or images of thumbnails.
   *
   * @param url a {@code file:}, {@code https:} or {@code s3:} URL of a movie, of an initialization
   *     segment, of an HLS media playlist, or of images
   * @param label of its tracks, for the key rule of that name
   * @param language of its audio, as in BCP 47; replaces what the file says
   * @param name that players show for its audio and text
   * @param roles of its audio and text, as DASH calls them: {@code commentary}
   * @param preferred whether players choose it unless a viewer does
   * @param hdcpLevel {@code NONE}, {@code TYPE-0} or {@code TYPE-1}, of its video
   * @param allowedCpc which players may play its video, as ALLOWED-CPC in HLS
   * @param segments a {@code file:} or {@code s3:} URL with a {@code *} for the numbers of the
   *     media segments
   * @param tiles columns and rows of thumbnails in an image, as {@code 5x4}; then {@code url} may
   *     have a {@code *} for the numbers of images
   * @param every how long a thumbnail stands, in seconds
   */
  public record Input(
      @Nullable String url,
      @Nullable String label,
      @Nullable String language,
      @Nullable String segments,
      @Nullable String name,
      @Nullable List<String> roles,
      @Nullable Boolean preferred,
      @Nullable String hdcpLevel,
      @Nullable String allowedCpc,
      @Nullable String tiles,
      @Nullable Double every) {
    public Input {
      roles = roles == null ? null : List.copyOf(roles);
    }

    /** The query of a URL may be a signature. */
    private Input redacted() {
      int query = url == null ? -1 : url.indexOf('?');
      return url == null || query < 0 || !StorageUrl.isRemote(url)
          ? this
          : withUrl(url.substring(0, query) + "?…");
    }

    Input withUrl(String other) {
      return new Input(
          other,
          label,
          language,
          segments,
          name,
          roles,
          preferred,
          hdcpLevel,
          allowedCpc,
          tiles,
          every);
    }
  }

  /**
   * What the output looks like.
   *
   * @param formats {@code hls}, {@code dash} or both
   * @param layout one file for each segment or one for each track
   * @param container {@code fmp4} or {@code ts}
   * @param trickPlay whether there are tracks of sync samples, by which players wind
   * @param encryptInit whether AES-128 covers init segments
   * @param engine {@code native} or {@code bento4}
   */
  public record Packaging(
      @Nullable List<String> formats,
      @Nullable Segment segment,
      @Nullable String layout,
      @Nullable String container,
      @Nullable Boolean trickPlay,
      @Nullable Boolean encryptInit,
      @Nullable String engine) {
    public Packaging {
      formats = formats == null ? null : List.copyOf(formats);
    }
  }

  /**
   * @param duration wanted, in seconds
   */
  public record Segment(@Nullable Double duration) {}

  /**
   * How the output is protected.
   *
   * @param keys the key rule, such as {@code preset0}
   * @param pattern {@code 1:9}, {@code 5:5} or {@code 10:0}
   * @param ivSize of samples in counter mode, in bytes
   * @param clearLead how much of the start stays clear, in seconds
   * @param keyPeriod after how long keys change, in seconds; 0 for never
   * @param keyChange {@code sample-groups} or {@code new-periods}
   * @param keyUri where players of HLS get plain keys: a template with {@code {kid}}
   * @param keyServer {@code embedded}, the name of an account, or a URL
   * @param keyServerType the protocol of a URL: {@code speke-v2} and so on
   * @param iv 16 or 32 hex digits; what IVs start from, or are
   * @param encrypted false for output in clear
   */
  public record Protection(
      @Nullable List<String> systems,
      @Nullable String scheme,
      @Nullable String keys,
      @Nullable String contentId,
      @Nullable String pattern,
      @Nullable Integer ivSize,
      @Nullable Double clearLead,
      @Nullable Double keyPeriod,
      @Nullable String keyChange,
      @Nullable String keyUri,
      @Nullable String keyServer,
      @Nullable String keyServerType,
      @Nullable String iv,
      @Nullable Boolean encrypted) {
    public Protection {
      systems = systems == null ? null : List.copyOf(systems);
    }

    static final Protection NONE =
        new Protection(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    Protection withContentId(String other) {
      return with(other, keyServer);
    }

    private Protection with(@Nullable String otherContentId, @Nullable String otherKeyServer) {
      return new Protection(
          systems,
          scheme,
          keys,
          otherContentId,
          pattern,
          ivSize,
          clearLead,
          keyPeriod,
          keyChange,
          keyUri,
          otherKeyServer,
          keyServerType,
          iv,
          encrypted);
    }

    /** A key server's URL may carry a credential: its host is all that is shown. */
    private Protection redacted() {
      if (keyServer == null || !keyServer.contains(":")) {
        return this;
      }
      String host;
      try {
        host = URI.create(keyServer).getHost();
      } catch (IllegalArgumentException e) {
        host = null;
      }
      return with(contentId, host == null ? "(not shown)" : "https://" + host + "/…");
    }
  }

  /**
   * @param url a {@code file:} URL of a folder that does not exist yet or is empty, {@code
   *     s3://bucket/prefix/}, or null for a folder of the service's own
   * @param digests whether the report gets the SHA-256 of every file
   * @param replace whether an output that is in the bucket already is replaced
   * @param names of the files, or null for a folder for each track
   */
  public record Output(
      @Nullable String url,
      @Nullable Boolean digests,
      @Nullable Boolean replace,
      @Nullable Names names) {}

  /**
   * How files are called: templates that end in {@code .{format}}.
   *
   * @param definition what {@code {definition}} stands for
   * @param streamId what {@code {streamId}} stands for
   * @param unknown what becomes of other variables: {@code refused} or {@code kept}
   */
  public record Names(
      @Nullable String manifest,
      @Nullable String track,
      @Nullable String segment,
      @Nullable String definition,
      @Nullable String streamId,
      @Nullable String unknown) {}

  /** A job with an input, of which nothing else is said. */
  public static JobSpec of(Input input) {
    return new JobSpec(input, null, null, null, null, null, null, null, null);
  }

  /** The same under another content id. */
  public JobSpec withContentId(String contentId) {
    Protection wish = protection == null ? Protection.NONE : protection;
    return new JobSpec(
        input,
        inputs,
        packaging,
        wish.withContentId(contentId),
        output,
        verify,
        labels,
        priority,
        startAt);
  }

  /** The same without what clients must not read back. */
  public JobSpec redacted() {
    return new JobSpec(
        input == null ? null : input.redacted(),
        inputs == null ? null : inputs.stream().map(Input::redacted).toList(),
        packaging,
        protection == null ? null : protection.redacted(),
        output,
        verify,
        labels,
        priority,
        startAt);
  }
}
