-- What the console speaks to those who have chosen no language of their own, as a BCP 47 tag; null: what their browser asks for.
alter table workspace add column language text;
