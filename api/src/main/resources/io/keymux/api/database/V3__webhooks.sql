-- Who is told of what becomes of jobs. Read by H2 and by PostgreSQL.

-- The address may hold a token, so it is encrypted, as the secrets of signatures are.
create table webhooks (
  id varchar(27) primary key,
  tenant varchar(64) not null,
  shown_url varchar(300) not null,
  events varchar(400) not null,
  description varchar(500),
  enabled boolean not null,
  disabled_because varchar(64),
  receiver bytea not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  -- Counts changes: who changes a row that was read names the one that it read.
  version integer not null
);

create index webhooks_of_tenant on webhooks (tenant, id);

create sequence webhook_delivery_ids start with 1;

-- A message and one receiver of it.
create table webhook_deliveries (
  id bigint primary key,
  webhook_id varchar(27) not null references webhooks (id) on delete cascade,
  message_id varchar(36) not null,
  type varchar(32) not null,
  body varchar(1000000) not null,
  state varchar(10) not null,
  tries integer not null,
  created_at timestamp(6) with time zone not null,
  due_at timestamp(6) with time zone not null,
  ended_at timestamp(6) with time zone
);

create index webhook_deliveries_of_webhook on webhook_deliveries (webhook_id, id desc);
create index webhook_deliveries_by_state on webhook_deliveries (webhook_id, state, id desc);
create index webhook_deliveries_due on webhook_deliveries (state, due_at, webhook_id);
create index webhook_deliveries_by_age on webhook_deliveries (created_at);

-- What came of each time that it was sent.
create table webhook_tries (
  delivery_id bigint not null references webhook_deliveries (id) on delete cascade,
  number integer not null,
  at timestamp(6) with time zone not null,
  millis bigint not null,
  status integer,
  problem varchar(64),
  primary key (delivery_id, number)
);
