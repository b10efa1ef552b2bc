-- What nodes know of each other. Read by H2 and by PostgreSQL.

create sequence key_server_versions start with 1;

-- Accounts that came over HTTP. A URL may hold a token, so they are encrypted.
create table key_servers (
  name varchar(64) primary key,
  version bigint not null,
  account bytea not null
);
