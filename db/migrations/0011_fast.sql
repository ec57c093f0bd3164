-- Who acts is worked out once per transaction.
select 1;
