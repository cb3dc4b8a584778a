-- An app that was removed before Zoom could be told has no credentials left to tell it with.
alter table deletion drop constraint deletion_compliance_check;
alter table deletion add constraint deletion_compliance_check
  check (compliance in ('not_asked', 'due', 'done', 'app_removed'));
