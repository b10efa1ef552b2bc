package io.keymux.api.mps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.mps.callback.Notification;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.mps.task.Tasks;
import io.keymux.api.mps.template.Templates;
import java.util.Map;
import java.util.TreeMap;

/** What can be asked, by the names that Tencent gives it. */
final class MpsActions {
  static final String VERSION = "2019-06-12";

  /** One of them. */
  @FunctionalInterface
  private interface Action {
    ObjectNode answer(String tenant, Fields fields);
  }

  private final Map<String, Action> actions = new TreeMap<>();

  MpsActions(Tasks tasks, Templates templates) {
    actions.put("ProcessMedia", tasks::process);
    actions.put("DescribeTaskDetail", tasks::describe);
    actions.put("DescribeTasks", tasks::list);
    actions.put("ManageTask", tasks::manage);
    actions.put("ParseNotification", (tenant, fields) -> Notification.parse(fields));
    actions.put("CreateAdaptiveDynamicStreamingTemplate", templates::create);
    actions.put("ModifyAdaptiveDynamicStreamingTemplate", templates::modify);
    actions.put("DeleteAdaptiveDynamicStreamingTemplate", templates::delete);
    actions.put("DescribeAdaptiveDynamicStreamingTemplates", templates::describe);
  }

  /**
   * @throws MpsException if there is no such action or version, or as the action
   */
  ObjectNode answer(String tenant, String action, String version, Fields fields) {
    if (action.isEmpty()) {
      throw MpsException.missing("Action");
    }
    if (version.isEmpty()) {
      throw MpsException.missing("Version");
    }
    if (!version.equals(VERSION)) {
      throw MpsException.of(
          "NoSuchVersion", "This version of the API is not known.", "Use " + VERSION + ".");
    }
    Action found = actions.get(action);
    if (found == null) {
      throw MpsException.of(
          "InvalidAction",
          "This action is not known.",
          "Use one of " + String.join(", ", actions.keySet()) + ".");
    }
    return found.answer(tenant, fields);
  }
}
