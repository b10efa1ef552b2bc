package io.keymux.keyserver.speke;

import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DeliveryData;
import io.keymux.cpix.DocumentDetails;
import io.keymux.cpix.Filter;
import io.keymux.cpix.Filter.AudioFilter;
import io.keymux.cpix.Filter.VideoFilter;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import io.keymux.cpix.UsageRule;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixWriter;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * CPIX with usage rules, as SPEKE v2.0 and v2.1 and vendors of their own dialects have it: keys
 * without values, placeholders to be filled, an encryption contract of video and audio filters.
 *
 * @see "AWS SPEKE v2.0, Encryption contract"
 */
record SpekeV2(CpixDialect dialect) implements SpekeDialect {

  SpekeV2(SpekeVersion version) {
    this(CpixDialect.of(version));
  }

  @Override
  public CpixDocument ask(KeyRequest request, List<DeliveryData> recipients) {
    CpixVersion cpix = dialect.cpix();
    boolean scheme = cpix.isAtLeast(CpixVersion.V2_3);
    List<RequestedKey> keys = new ArrayList<>();
    for (KeyId id : request.keyIds()) {
      keys.add(new RequestedKey(id, scheme ? request.scheme() : null, request.constantIv()));
    }
    boolean id = dialect.contentId() != CpixDialect.ContentIdAttribute.CONTENT_ID;
    boolean contentId = dialect.contentId() != CpixDialect.ContentIdAttribute.ID;
    return new CpixDocument(
        contentId ? request.contentId() : null,
        dialect.versionAttribute() ? cpix.text() : null,
        List.of(),
        keys,
        SpekePlaceholders.of(request, dialect),
        AskedPeriod.of(request, cpix),
        AskedPeriod.naming(request, rules(request)),
        new DocumentDetails(id ? request.contentId() : null, null, recipients, List.of()));
  }

  private List<UsageRule> rules(KeyRequest request) {
    return switch (dialect.rules()) {
      case NONE -> List.of();
      case TYPES ->
          request.rules().stream()
              .map(rule -> new UsageRule(rule.keyId(), rule.intendedTrackType(), List.of()))
              .toList();
      case FILTERS -> request.rules().stream().map(SpekeV2::contract).toList();
    };
  }

  @Override
  public Document write(CpixDocument asked) {
    Document tree = CpixWriter.tree(asked, dialect.cpix());
    if (!dialect.versionAttribute()) {
      tree.getDocumentElement().removeAttribute("version");
    }
    if (dialect.speke() == SpekeVersion.V2_1) {
      nameMasterPlaylists(tree);
    }
    return tree;
  }

  /** CPIX 2.4 renamed the value, SPEKE v2.1 did not. */
  private static void nameMasterPlaylists(Document tree) {
    for (Element system :
        CpixDom.entries(tree.getDocumentElement(), "DRMSystemList", "DRMSystem")) {
      for (Element hls : CpixDom.children(system, "HLSSignalingData")) {
        if (hls.getAttribute("playlist").equals("multiVariant")) {
          hls.setAttribute("playlist", "master");
        }
      }
    }
  }

  @Override
  public CpixDocument normalize(CpixDocument answer, Document tree, ProtectionScheme scheme) {
    return answer;
  }

  /**
   * SPEKE knows video and audio filters only, and of those not wcg. What is dropped here is put
   * back after the answer: it narrows which tracks a key is for, not which key is asked for.
   */
  private static UsageRule contract(UsageRule rule) {
    List<Filter> filters = new ArrayList<>();
    for (Filter filter : rule.filters()) {
      if (filter instanceof VideoFilter video) {
        filters.add(
            new VideoFilter(
                video.minPixels(),
                video.maxPixels(),
                video.minFps(),
                video.maxFps(),
                video.hdr(),
                null));
      } else if (filter instanceof AudioFilter) {
        filters.add(filter);
      }
    }
    // A contract needs a filter; without one the rule is for both kinds.
    return new UsageRule(
        rule.keyId(),
        rule.intendedTrackType(),
        filters.isEmpty() ? List.of(VideoFilter.ANY, AudioFilter.ANY) : filters);
  }
}
