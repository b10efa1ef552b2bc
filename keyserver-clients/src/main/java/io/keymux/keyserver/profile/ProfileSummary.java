package io.keymux.keyserver.profile;

import java.util.Map;

/**
 * What a profile is, and what an account has to add to it.
 *
 * @param title of the product
 * @param transport as {@code cpix-post}; empty if the account has to choose
 * @param auth the types of its authenticators, joined by {@code +}
 * @param needs what the variables of its URL stand for, by their names
 * @param needsUrl whether the account has to give the URL
 */
public record ProfileSummary(
    String name,
    String title,
    String transport,
    String auth,
    Map<String, String> needs,
    boolean needsUrl) {}
