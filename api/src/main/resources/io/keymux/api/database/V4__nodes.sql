-- What nodes know of each other. Read by H2 and by PostgreSQL.

create sequence key_server_versions start with 1;

-- Accounts that came over HTTP. A URL may hold a token, so they are encrypted.
create table key_servers (
  name varchar(64) primary key,
  version bigint not null,
  account bytea not null
);

-- The keymux-report.json of jobs that succeeded: their folders may be another node's.
create table job_reports (
  job_id varchar(28) primary key references jobs (id) on delete cascade,
  report text not null
);

-- The KIDs that keys of the seed were issued for, and the SHA-256 of each content id. No key.
create table issued_keys (
  kid varchar(36) not null,
  content_hash varchar(64) not null,
  primary key (kid, content_hash)
);
