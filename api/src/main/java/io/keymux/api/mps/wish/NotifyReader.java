package io.keymux.api.mps.wish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.secret.SecretText;
import io.keymux.keyserver.http.KeyServerUrl;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code TaskNotifyConfig}. */
final class NotifyReader {
  private static final String[] OF_TENCENT = {"CmqModel", "CmqRegion", "TopicName", "QueueName"};

  private NotifyReader() {}

  /**
   * @param config null if there is none
   * @return null if nobody is told
   * @throws MpsException if a field is missing, of another type or cannot be used, or the way is
   *     one that only Tencent has
   */
  static @Nullable NotifyWish read(@Nullable Fields config) {
    if (config == null) {
      return null;
    }
    boolean said = false;
    for (String name : OF_TENCENT) {
      said |= config.has(name);
    }
    for (String name : List.of("NotifyType", "NotifyUrl", "AwsSQS")) {
      said |= config.has(name);
    }
    config.ignore("NotifyMode", "NotifyKey");
    if (!said) {
      return null;
    }
    String type =
        Objects.requireNonNullElse(
            config.choice("NotifyType", List.of("URL", "AWS-SQS", "TDMQ-CMQ", "CMQ", "SCF")),
            "TDMQ-CMQ");
    NotifyWish.Target target =
        switch (type) {
          case "URL" -> http(config);
          case "AWS-SQS" -> sqs(config.requiredObject("AwsSQS"));
          default ->
              throw MpsException.unsupported(
                  config.at("NotifyType"),
                  "is " + type + " (TDMQ-CMQ if it is left out), which only Tencent has",
                  "Use URL or AWS-SQS.");
        };
    String mode = config.choice("NotifyMode", List.of("Finish", "Change"));
    String key = config.text("NotifyKey");
    return new NotifyWish(
        "Change".equals(mode),
        target,
        key == null ? null : SecretText.of(key),
        echo(type, mode, target));
  }

  private static NotifyWish.Target http(Fields config) {
    String url = config.requiredText("NotifyUrl");
    String problem = KeyServerUrl.problem(url);
    if (problem != null) {
      throw MpsException.invalidValue(config.at("NotifyUrl"), problem, "Correct it.");
    }
    return new NotifyWish.Http(SecretText.of(url));
  }

  private static NotifyWish.Target sqs(Fields queue) {
    return new NotifyWish.Sqs(
        form(queue, "SQSRegion", "[a-z0-9-]{1,32}"),
        form(queue, "SQSQueueName", "[A-Za-z0-9_-]{1,80}(\\.fifo)?"),
        form(queue, "S3SecretId", "[\\x21-\\x7e&&[^,/]]{1,128}"),
        SecretText.of(queue.requiredText("S3SecretKey")));
  }

  private static String form(Fields fields, String name, String form) {
    String value = fields.requiredText(name);
    if (!value.matches(form)) {
      throw MpsException.invalidValue(fields.at(name), "is not of the form " + form, "Correct it.");
    }
    return value;
  }

  private static ObjectNode echo(String type, @Nullable String mode, NotifyWish.Target target) {
    ObjectNode echo =
        JsonNodeFactory.instance
            .objectNode()
            .put("NotifyType", type)
            .put("NotifyMode", Objects.requireNonNullElse(mode, "Finish"));
    if (target instanceof NotifyWish.Sqs sqs) {
      echo.putObject("AwsSQS").put("SQSRegion", sqs.region()).put("SQSQueueName", sqs.queue());
    }
    return echo;
  }
}
