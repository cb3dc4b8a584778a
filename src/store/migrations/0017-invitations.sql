-- Whom somebody has invited into a workspace. The link holds the token; what is kept is its hash.
create table invitation (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
  token_hash bytea not null unique,
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create index invitation_of_workspace on invitation (workspace_id, id desc);
