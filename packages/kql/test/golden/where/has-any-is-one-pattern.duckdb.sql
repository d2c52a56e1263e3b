-- $1 = "(?is)(?:(?:^|[^\\p{L}\\p{N}])(?:AnyDesk|Splashtop|Atera Networks)(?:$|[^\\p{L}\\p{N}]))"
select "r0" as "c30"
from (
  select count(1) as "r0"
  from (
    select "c1"
    from (
      select cast(null as BIGINT) as "c1", cast('' as VARCHAR) as "c18"
      where false
    ) as "t1"
    where regexp_matches("c18", $1)
  ) as "t2"
) as "t3"
