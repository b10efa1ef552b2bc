package io.keymux.api.mps.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The templates of all tenants, and the four actions on them. */
public final class Templates {
  private static final int MOST_LISTED = 100;
  private static final int LEAST_LISTED = 10;

  private final TemplateStore store;
  private final Clock clock;

  public Templates(TemplateStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A preset or one of the tenant's.
   *
   * @param path of the parameter that names it, for messages
   * @throws MpsException with code {@code InvalidParameterValue.Definition}
   */
  public Template get(String tenant, long definition, String path) {
    return PresetTemplates.find(definition)
        .or(() -> store.find(tenant, definition))
        .orElseThrow(
            () ->
                MpsException.invalidValue(
                    "Definition",
                    path,
                    "is " + definition + ", which is no template",
                    "Use 10 (HLS) or 20 (MPEG-DASH), or create one."));
  }

  /** Whether it is the preset whose name promises SimpleAES. */
  public static boolean promisesSimpleAes(Template template) {
    return template.definition() == PresetTemplates.SIMPLE_AES;
  }

  /** CreateAdaptiveDynamicStreamingTemplate. */
  public ObjectNode create(String tenant, Fields fields) {
    Template.Draft draft = TemplateFields.read(fields, null);
    fields.end();
    Template made = store.create(tenant, draft, now());
    return JsonNodeFactory.instance.objectNode().put("Definition", made.definition());
  }

  /** ModifyAdaptiveDynamicStreamingTemplate. */
  public ObjectNode modify(String tenant, Fields fields) {
    long definition = fields.requiredWhole("Definition");
    Template before = own(tenant, definition, "Modify");
    Template.Draft draft = TemplateFields.read(fields, before.draft());
    fields.end();
    if (!store.update(tenant, definition, draft, now())) {
      throw gone(definition);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** DeleteAdaptiveDynamicStreamingTemplate. */
  public ObjectNode delete(String tenant, Fields fields) {
    long definition = fields.requiredWhole("Definition");
    fields.end();
    own(tenant, definition, "Delete");
    if (!store.delete(tenant, definition)) {
      throw gone(definition);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** DescribeAdaptiveDynamicStreamingTemplates. */
  public ObjectNode describe(String tenant, Fields fields) {
    List<Long> wanted = fields.wholes("Definitions");
    if (wanted.size() > MOST_LISTED) {
      throw MpsException.invalidValue(
          "Definitions", "Definitions", "has more than 100 entries", "Ask for fewer.");
    }
    long offset = fields.between("Offset", 0, Integer.MAX_VALUE, 0);
    long limit = fields.between("Limit", 1, MOST_LISTED, LEAST_LISTED);
    String type = fields.choice("Type", List.of("Preset", "Custom"));
    Long pureAudio = fields.whole("PureAudio");
    String name = fields.text("Name");
    fields.end();
    List<Template> found = new ArrayList<>(PresetTemplates.all());
    found.addAll(store.all(tenant));
    found.removeIf(
        template ->
            (!wanted.isEmpty() && !wanted.contains(template.definition()))
                || (type != null && type.equals("Preset") != template.preset())
                || (pureAudio != null && (pureAudio == 1) != template.draft().pureAudio())
                || !template.draft().name().contains(Objects.requireNonNullElse(name, "")));
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("TotalCount", found.size());
    ArrayNode page = answer.putArray("AdaptiveDynamicStreamingTemplateSet");
    found.stream().skip(offset).limit(limit).forEach(template -> page.add(view(template)));
    return answer;
  }

  private Template own(String tenant, long definition, String verb) {
    if (PresetTemplates.find(definition).isPresent()) {
      throw MpsException.of(
          "InvalidParameterValue." + verb + "DefaultTemplate",
          "Template " + definition + " is a preset.",
          "Create one of your own.");
    }
    return store.find(tenant, definition).orElseThrow(() -> gone(definition));
  }

  private static MpsException gone(long definition) {
    return MpsException.of(
        "ResourceNotFound.TemplateNotExist",
        "There is no template " + definition + ".",
        "List them with DescribeAdaptiveDynamicStreamingTemplates.");
  }

  private static ObjectNode view(Template template) {
    Template.Draft draft = template.draft();
    ObjectNode view =
        JsonNodeFactory.instance
            .objectNode()
            .put("Definition", template.definition())
            .put("Type", template.preset() ? "Preset" : "Custom")
            .put("Name", draft.name())
            .put("Comment", draft.comment())
            .put("Format", draft.format());
    view.set("StreamInfos", draft.streamInfos());
    return view.put("DisableHigherVideoBitrate", draft.higherBitrateDisabled() ? 1 : 0)
        .put("DisableHigherVideoResolution", draft.higherResolutionDisabled() ? 1 : 0)
        .put("CreateTime", template.created().toString())
        .put("UpdateTime", template.updated().toString())
        .put("PureAudio", draft.pureAudio() ? 1 : 0)
        .put("SegmentType", draft.segmentType().id());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
