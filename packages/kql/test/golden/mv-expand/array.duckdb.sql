-- $1 = "[1,\"x\",null]"
select "c2" as "c4"
from (
  select "c1", nullif(list_extract("l3", "i4"), 'null') as "c2", cast(("i4" - 1) as BIGINT) as "c3"
  from (
    select *, case when ("c1" is null) then cast(null as VARCHAR[]) when (json_type("c1") = 'ARRAY') then cast(from_json("c1", '["JSON"]') as VARCHAR[]) when (json_type("c1") = 'OBJECT') then cast(from_json(goshawk_bag_properties("c1"), '["JSON"]') as VARCHAR[]) else ["c1"] end as "l3"
    from (
      select cast($1 as VARCHAR) as "c1"
      from (
        select 1 as _
      ) as "t1"
    ) as "t2"
  ) as "u5"
  cross join lateral (
    select unnest(generate_series(1, coalesce(len("l3"), 1))) as "i4"
  ) as "n6"
) as "t7"
