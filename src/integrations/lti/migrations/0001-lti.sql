-- Our own keys: platforms verify by the public half what we sign with the private half, a JWK that is sealed.
create table lti_key (
  kid text primary key,
  private_jwk bytea not null,
  public_jwk jsonb not null,
  created_at timestamptz not null
);

-- An LMS that knows us: the place's protocol side. `entered` are the origins that an administrator vouched for.
create table lti_platform (
  place_id text primary key references place on delete cascade,
  workspace_id text not null references workspace on delete cascade,
  issuer text not null,
  client_id text not null,
  authorization_endpoint text not null,
  token_endpoint text not null,
  jwks_uri text not null,
  entered jsonb not null,
  product text,
  created_at timestamptz not null,
  unique (issuer, client_id)
);
create table lti_deployment (
  place_id text not null references lti_platform on delete cascade,
  deployment_id text not null,
  primary key (place_id, deployment_id)
);

-- A registration URL that an administrator made: good once.
create table lti_registration (
  token_hash bytea primary key,
  workspace_id text not null references workspace on delete cascade,
  name text not null,
  actor text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- A sign-in that was begun: found by the hash of `state`, good for the browser that holds the cookie, once.
create table lti_login (
  state_hash bytea primary key,
  place_id text not null references lti_platform on delete cascade,
  browser_hash bytea not null,
  nonce text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index lti_login_expiry on lti_login (expires_at);

-- Somebody of the LMS, as its launches and its roster tell.
create table lti_user (
  place_id text not null references lti_platform on delete cascade,
  user_id text not null,
  person_id text not null references person on delete cascade,
  name text,
  email text,
  primary key (place_id, user_id)
);
create index lti_user_of_person on lti_user (person_id);

-- Who is what in which course.
create table lti_member (
  place_id text not null,
  context_id text not null,
  user_id text not null,
  role text not null check (role in ('teacher', 'learner', 'other')),
  primary key (place_id, context_id, user_id),
  foreign key (place_id, user_id) references lti_user on delete cascade
);

-- What a teacher made while choosing content; `ref` comes back with each launch as a custom parameter.
create table lti_content (
  ref text primary key,
  place_id text not null references lti_platform on delete cascade,
  meeting_id text not null references meeting on delete cascade,
  title text not null,
  points double precision,
  policy text not null check (policy in ('best', 'last', 'mean', 'sum')),
  created_at timestamptz not null
);

-- A resource link: where in a course a placement is, and where its grades go.
create table lti_link (
  placement_id text primary key references placement on delete cascade,
  place_id text not null references lti_platform on delete cascade,
  context_id text not null,
  resource_link_id text not null,
  lineitems_url text,
  lineitem_url text,
  memberships_url text,
  points double precision,
  policy text not null check (policy in ('best', 'last', 'mean', 'sum'))
);

-- The last score that the LMS took, or refused for good.
create table lti_score (
  placement_id text not null references lti_link on delete cascade,
  user_id text not null,
  score double precision not null,
  comment text not null,
  refused text,
  sent_at timestamptz not null,
  primary key (placement_id, user_id)
);

-- What a frame shows after a launch: an opaque token in its address, good in the browser of the launch alone.
create table lti_session (
  token_hash bytea primary key,
  place_id text not null references lti_platform on delete cascade,
  browser_hash bytea not null,
  user_id text not null,
  role text not null check (role in ('teacher', 'learner', 'other')),
  placement_id text references placement on delete cascade,
  deep_linking jsonb,
  expires_at timestamptz not null
);
create index lti_session_expiry on lti_session (expires_at);
