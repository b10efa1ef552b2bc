-- Key servers and issued keys belong to a tenant. Read by H2 and by PostgreSQL.

create table tenant_key_servers (
  tenant varchar(64) not null,
  name varchar(64) not null,
  version bigint not null,
  account bytea not null,
  primary key (tenant, name)
);

insert into tenant_key_servers (tenant, name, version, account)
  select 'default', name, version, account from key_servers;
drop table key_servers;
alter table tenant_key_servers rename to key_servers;

create table tenant_issued_keys (
  tenant varchar(64) not null,
  kid varchar(36) not null,
  content_hash varchar(64) not null,
  primary key (tenant, kid, content_hash)
);

insert into tenant_issued_keys (tenant, kid, content_hash)
  select 'default', kid, content_hash from issued_keys;
drop table issued_keys;
alter table tenant_issued_keys rename to issued_keys;
