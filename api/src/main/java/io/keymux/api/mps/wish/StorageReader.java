package io.keymux.api.mps.wish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.config.MpsSettings;
import io.keymux.api.job.JobSecrets;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.secret.SecretText;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads where media is and goes. Buckets of COS, which is Tencent's, are those that the
 * configuration puts elsewhere; buckets of S3 may be put elsewhere, too.
 */
final class StorageReader {
  private static final String COS = "COS";
  private static final String S3 = "AWS-S3";
  private static final String BUCKET = "[A-Za-z0-9][A-Za-z0-9.-]{1,62}";
  private static final String REGION = "[a-z0-9-]{1,32}";

  private final List<MpsSettings.Bucket> buckets;

  StorageReader(List<MpsSettings.Bucket> buckets) {
    this.buckets = buckets;
  }

  /**
   * @throws MpsException if a field is missing, of another type or cannot be used, or it is a file
   *     of VOD
   */
  Source source(Fields info) {
    String type = info.choice("Type", List.of("URL", COS, S3, "VOD"));
    if (type == null) {
      throw MpsException.missing(info.at("Type"));
    }
    return switch (type) {
      case "URL" -> url(info.requiredObject("UrlInputInfo"));
      case COS -> cos(info.requiredObject("CosInputInfo"));
      case S3 -> s3(info.requiredObject("S3InputInfo"));
      default -> throw noVod(info.at("Type"));
    };
  }

  /**
   * @throws MpsException as {@link #source}
   */
  Storage output(Fields info) {
    String type = info.choice("Type", List.of(COS, S3, "VOD"));
    if (type == null) {
      throw MpsException.missing(info.at("Type"));
    }
    return switch (type) {
      case COS -> cosBucket(info.requiredObject("CosOutputStorage"));
      case S3 -> s3Bucket(info.requiredObject("S3OutputStorage"));
      default -> throw noVod(info.at("Type"));
    };
  }

  private static MpsException noVod(String path) {
    return MpsException.unsupported(
        path, "is VOD, which only Tencent has", "Use URL, COS or AWS-S3.");
  }

  private static Source url(Fields info) {
    String text = info.requiredText("Url");
    URI uri = uri(text, info.at("Url"));
    String path = uri.getPath() == null ? "" : uri.getPath();
    boolean secret = uri.getRawQuery() != null || uri.getRawUserInfo() != null;
    String shown = secret ? plain(uri) : text;
    ObjectNode echo = JsonNodeFactory.instance.objectNode().put("Type", "URL");
    echo.putObject("UrlInputInfo").put("Url", shown);
    return new Source(
        shown,
        secret ? SecretText.of(text) : null,
        new ObjectPath(path.isEmpty() ? "/" : path),
        null,
        echo);
  }

  private static URI uri(String text, String path) {
    try {
      URI uri = URI.create(text);
      if (uri.getScheme() != null && uri.getScheme().matches("(?i)https?|file")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, without the exception: it quotes the URL, which may hold a signature.
    }
    throw MpsException.invalidValue(
        "InputInfo", path, "is no URL of http, https or file", "Correct it.");
  }

  private static String plain(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath();
  }

  private Source cos(Fields info) {
    Storage storage = cosBucket(info);
    return inBucket(
        info.requiredText("Object"), info.at("Object"), "CosInputInfo", "Object", storage);
  }

  private Source s3(Fields info) {
    Storage storage = s3Bucket(info);
    return inBucket(
        info.requiredText("S3Object"), info.at("S3Object"), "S3InputInfo", "S3Object", storage);
  }

  private static Source inBucket(
      String object, String at, String group, String field, Storage storage) {
    // Keys of S3 have no slash at the start, and clients of both spellings are about.
    String slashed = object.startsWith("/") ? object : "/" + object;
    ObjectPath path = ObjectPath.of(slashed, at, "InputInfo");
    if (slashed.endsWith("/")) {
      throw MpsException.invalidValue("InputInfo", at, "is a folder", "Name a file.");
    }
    ObjectNode echo = storage.echo();
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    info.put("Type", echo.path("Type").asText());
    ObjectNode bucket = info.putObject(group);
    echo.properties().stream()
        .filter(entry -> entry.getValue().isObject())
        .forEach(entry -> bucket.setAll((ObjectNode) entry.getValue()));
    bucket.put(field, object);
    return new Source(storage.urlOf(path), null, path, storage, info);
  }

  private Storage cosBucket(Fields info) {
    String bucket = name(info, "Bucket", BUCKET);
    String region = name(info, "Region", REGION);
    String url = mapped(bucket, region);
    if (url == null) {
      throw MpsException.of(
          "ResourceNotFound.CosBucketNotExist",
          "%s: there is no bucket %s here in Region %s."
              .formatted(info.at("Bucket"), bucket, region),
          "Say under mps.buckets in the configuration where it is.");
    }
    ObjectNode echo = JsonNodeFactory.instance.objectNode().put("Type", COS);
    echo.putObject("CosOutputStorage").put("Bucket", bucket).put("Region", region);
    return new Storage(url, null, echo);
  }

  private Storage s3Bucket(Fields info) {
    String bucket = name(info, "S3Bucket", BUCKET);
    String region = name(info, "S3Region", REGION);
    String id = info.text("S3SecretId");
    String key = info.text("S3SecretKey");
    if ((id == null) != (key == null)) {
      throw MpsException.missing(info.at(id == null ? "S3SecretId" : "S3SecretKey"));
    }
    String url = mapped(bucket, region);
    ObjectNode echo = JsonNodeFactory.instance.objectNode().put("Type", S3);
    echo.putObject("S3OutputStorage").put("S3Bucket", bucket).put("S3Region", region);
    return new Storage(
        url == null ? "s3://" + bucket : url,
        id == null || key == null
            ? null
            : new JobSecrets.StorageAccess(id, SecretText.of(key), region),
        echo);
  }

  private static String name(Fields info, String field, String form) {
    String value = info.requiredText(field);
    if (!value.matches(form)) {
      throw MpsException.invalidValue(info.at(field), "is not of the form " + form, "Correct it.");
    }
    return value;
  }

  private @Nullable String mapped(String bucket, String region) {
    for (MpsSettings.Bucket known : buckets) {
      if (known.name().equals(bucket)
          && (known.region() == null || known.region().equals(region))) {
        return known.url();
      }
    }
    return null;
  }
}
