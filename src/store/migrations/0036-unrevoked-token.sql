-- The refresh token of a consent that was ended here while Zoom could not be asked to take it back: for that alone, until it is done.
alter table connection add column unrevoked_token bytea;
