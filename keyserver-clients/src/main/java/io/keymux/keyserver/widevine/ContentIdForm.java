package io.keymux.keyserver.widevine;

/** What the {@code content_id} of a request is made of. */
public enum ContentIdForm {
  /** Base64 of the UTF-8 of the job's content id, as everybody has it. */
  TEXT,
  /** Base64 of the bytes that the job's content id spells in hex. */
  HEX,
  /** The job's content id as it is, for servers that gave it out in base64 before. */
  AS_IS
}
