-- Who took a photo may send its bytes although the customer has been handed over since: the row arrived, its bytes were
-- still on the way.
grant select (taken_by) on photo to rounds_system;
