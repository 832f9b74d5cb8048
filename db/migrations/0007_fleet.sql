-- Several at work on one database. A file has one: what is drawn and held on a server is counted and kept in memory here.
alter table outgoing add column lease_by text;                 -- who is sending it; empty when nobody is
