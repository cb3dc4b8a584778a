-- Whether Zoom has verified the user's e-mail: null where it was not said, as in events.
alter table zoom_user add column verified boolean;
