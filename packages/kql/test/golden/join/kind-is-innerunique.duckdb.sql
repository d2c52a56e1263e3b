select "c4" as "c11", "c5" as "c12", "c7" as "c13", "c8" as "c14"
from (
  select "c10", struct_extract("r0", 'c4') as "c4", struct_extract("r0", 'c5') as "c5"
  from (
    select "c4" as "c10", arg_min({'c4': "c4", 'c5': "c5"}, "c6") as "r0"
    from (
      select "c1" as "c4", "c2" as "c5", "c3" as "c6"
      from (
        select cast("c1" as BIGINT) as "c1", cast("c2" as BIGINT) as "c2", cast("c3" as BIGINT) as "c3"
        from (values (cast(1 as BIGINT), cast(10 as BIGINT), cast(0 as BIGINT))) as "v1"("c1", "c2", "c3")
      ) as "t2"
    ) as "t3"
    group by "c4"
  ) as "t4"
) as "t5"
inner join (
  select "c1" as "c7", "c2" as "c8"
  from (
    select cast("c1" as BIGINT) as "c1", cast("c2" as BIGINT) as "c2", cast("c3" as BIGINT) as "c3"
    from (values (cast(1 as BIGINT), cast(10 as BIGINT), cast(0 as BIGINT))) as "v6"("c1", "c2", "c3")
  ) as "t7"
) as "t8" on ("c10" is not distinct from "c7")
