package io.keymux.api.mps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.mps.request.Fields;

/** The parameters of a call of ProcessMedia, right as they are, for tests to change one. */
public record ProcessMediaSample(ObjectNode root) {
  /** Of simpleaes. */
  public static final String KEY = "000102030405060708090a0b0c0d0e0f";

  /** Of simpleaes. */
  public static final String VECTOR = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

  /** A ticketed URL. */
  public static final String KEY_SERVER =
      "https://fe.drmtoday.example/frontend/cpix/v1/acme/ingest/main?ticket=ST-TICKET";

  /** From COS to COS, without DRM. */
  public static ProcessMediaSample clear(long definition) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("InputInfo")
        .put("Type", "COS")
        .putObject("CosInputInfo")
        .put("Bucket", "media-1")
        .put("Region", "ap-guangzhou")
        .put("Object", "/in/my film.mp4");
    root.putObject("MediaProcessTask").putArray("AdaptiveDynamicStreamingTaskSet");
    ProcessMediaSample sample = new ProcessMediaSample(root);
    sample.addStream(definition);
    return sample;
  }

  /** With keys of a key server. */
  public static ProcessMediaSample speke(String type, long definition) {
    ProcessMediaSample sample = clear(definition);
    sample.stream()
        .putObject("DrmInfo")
        .put("Type", type)
        .putObject("SpekeDrm")
        .put("ResourceId", "asset-1")
        .put("KeyServerUrl", KEY_SERVER);
    return sample;
  }

  /** With any DRM. */
  public static ProcessMediaSample of(String type, long definition) {
    if (!type.equals("simpleaes")) {
      return speke(type, definition);
    }
    ProcessMediaSample sample = clear(definition);
    sample.stream()
        .putObject("DrmInfo")
        .put("Type", type)
        .putObject("SimpleAesDrm")
        .put("Uri", "https://keys.example/1")
        .put("Key", KEY)
        .put("Vector", VECTOR);
    return sample;
  }

  /** From S3 to S3, without DRM. */
  public static ProcessMediaSample s3(long definition) {
    ProcessMediaSample sample = clear(definition);
    sample
        .root
        .putObject("InputInfo")
        .put("Type", "AWS-S3")
        .putObject("S3InputInfo")
        .put("S3Bucket", "films")
        .put("S3Region", "eu-west-3")
        .put("S3Object", "in/my film.mp4")
        .put("S3SecretId", "AKIA1")
        .put("S3SecretKey", "S3-SECRET");
    return sample;
  }

  /** From a URL to COS, without DRM. */
  public static ProcessMediaSample url(long definition, String url) {
    ProcessMediaSample sample = clear(definition);
    sample.root.putObject("InputInfo").put("Type", "URL").putObject("UrlInputInfo").put("Url", url);
    sample
        .root
        .putObject("OutputStorage")
        .put("Type", "COS")
        .putObject("CosOutputStorage")
        .put("Bucket", "media-1")
        .put("Region", "ap-guangzhou");
    return sample;
  }

  /** One more task of adaptive streaming. */
  public void addStream(long definition) {
    streams().addObject().put("Definition", definition);
  }

  private ArrayNode streams() {
    return (ArrayNode) root.path("MediaProcessTask").path("AdaptiveDynamicStreamingTaskSet");
  }

  /** The first task of adaptive streaming. */
  public ObjectNode stream() {
    return stream(0);
  }

  /** A task of adaptive streaming, counted from 0. */
  public ObjectNode stream(int number) {
    return (ObjectNode) streams().path(number);
  }

  /** Its SpekeDrm or SimpleAesDrm. */
  public ObjectNode drm() {
    ObjectNode info = (ObjectNode) stream().path("DrmInfo");
    return (ObjectNode) (info.has("SpekeDrm") ? info.path("SpekeDrm") : info.path("SimpleAesDrm"));
  }

  /** As they come to the action. */
  public Fields fields() {
    return Fields.of(root);
  }
}
