package io.keymux.testvectors.judge;

import java.util.ArrayList;
import java.util.List;

/**
 * Sample groups of type {@code seig}: keys that change inside a track.
 *
 * @see "ISO/IEC 14496-12, SampleToGroupBox and SampleGroupDescriptionBox"
 */
final class SampleGroups {
  /** Group indices above this are defined in the same fragment. */
  private static final int FRAGMENT_LOCAL = 0x10000;

  private SampleGroups() {}

  /** The seig descriptions in {@code parent} (stbl or traf), in order. */
  static List<Protection> definitions(Box parent, String scheme) {
    List<Protection> found = new ArrayList<>();
    for (Box sgpd : parent.children("sgpd")) {
      if (!sgpd.fourCc(4).equals("seig")) {
        continue;
      }
      if (sgpd.version() == 0) {
        throw sgpd.malformed(0, "version 0 has no description length");
      }
      int defaultLength = sgpd.count(8);
      int at = sgpd.version() >= 2 ? 16 : 12;
      int count = sgpd.count(at);
      at += 4;
      for (int i = 0; i < count; i++) {
        int length = defaultLength;
        if (length == 0) {
          length = sgpd.count(at);
          at += 4;
        }
        found.add(Protection.ofSeig(scheme, sgpd, at));
        at += length;
      }
    }
    return found;
  }

  /**
   * The protection of every sample of a fragment.
   *
   * @param entry the protection of the sample entry, for samples in no group
   */
  static List<Protection> resolve(Box traf, TrackHeader header, Protection entry, int samples) {
    List<Protection> local = definitions(traf, entry.scheme());
    List<Protection> resolved = new ArrayList<>();
    for (Box csgp : traf.children("csgp")) {
      if (csgp.fourCc(4).equals("seig")) {
        throw csgp.malformed(0, "keys in a compact sample to group box are not read here");
      }
    }
    for (Box sbgp : traf.children("sbgp")) {
      if (!sbgp.fourCc(4).equals("seig")) {
        continue;
      }
      int at = sbgp.version() == 1 ? 12 : 8;
      int runs = sbgp.count(at);
      for (int i = 0; i < runs; i++) {
        int length = sbgp.count(at + 4 + 8 * i);
        int group = sbgp.count(at + 8 + 8 * i);
        Protection protection = lookUp(sbgp, group, local, header, entry);
        for (int k = 0; k < length && resolved.size() < samples; k++) {
          resolved.add(protection);
        }
      }
    }
    while (resolved.size() < samples) {
      resolved.add(entry);
    }
    return resolved;
  }

  private static Protection lookUp(
      Box sbgp, int group, List<Protection> local, TrackHeader header, Protection entry) {
    if (group == 0) {
      return entry;
    }
    List<Protection> groups = group > FRAGMENT_LOCAL ? local : header.groups();
    int index = group > FRAGMENT_LOCAL ? group - FRAGMENT_LOCAL : group;
    if (index > groups.size()) {
      throw sbgp.malformed(0, "group " + group + " has no description");
    }
    return groups.get(index - 1);
  }
}
