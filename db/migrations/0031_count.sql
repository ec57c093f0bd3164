-- Customers by owner and status are counted on first screens: from an index
-- alone, since a salesperson's thousands lie scattered over the whole table.
create index customers_counts on customers (scope, status, kind);
