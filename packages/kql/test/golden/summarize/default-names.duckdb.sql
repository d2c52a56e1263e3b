select "c77", "c78", "c79", "c80"
from (
  select "c77", "r0" as "c78", "r1" as "c79", coalesce(cast(to_json(list_slice(list_sort("r2"), 1, 1048576)) as VARCHAR), '[]') as "c80"
  from (
    select "a0" as "c77", count(1) as "r0", count(distinct "c11") as "r1", list(distinct "c6") as "r2"
    from (
      select *, ("c1" - ("c1" % cast(864000000000 as BIGINT))) as "a0"
      from (
        select cast(null as BIGINT) as "c1", cast(null as BIGINT) as "c2", cast('' as VARCHAR) as "c3", cast('' as VARCHAR) as "c4", cast('' as VARCHAR) as "c5", cast('' as VARCHAR) as "c6", cast(null as VARCHAR) as "c7", cast('' as VARCHAR) as "c8", cast(null as BIGINT) as "c9", cast('' as VARCHAR) as "c10", cast('' as VARCHAR) as "c11", cast('' as VARCHAR) as "c12", cast('' as VARCHAR) as "c13", cast('' as VARCHAR) as "c14", cast(null as BIGINT) as "c15", cast('' as VARCHAR) as "c16", cast('' as VARCHAR) as "c17", cast('' as VARCHAR) as "c18", cast('' as VARCHAR) as "c19", cast('' as VARCHAR) as "c20", cast('' as VARCHAR) as "c21", cast('' as VARCHAR) as "c22", cast(null as BIGINT) as "c23", cast('' as VARCHAR) as "c24", cast(null as BIGINT) as "c25", cast('' as VARCHAR) as "c26", cast(null as BIGINT) as "c27", cast(null as BIGINT) as "c28", cast('' as VARCHAR) as "c29", cast(null as BIGINT) as "c30", cast('' as VARCHAR) as "c31", cast(null as BIGINT) as "c32", cast('' as VARCHAR) as "c33", cast('' as VARCHAR) as "c34", cast(null as BIGINT) as "c35", cast('' as VARCHAR) as "c36", cast('' as VARCHAR) as "c37", cast('' as VARCHAR) as "c38", cast('' as VARCHAR) as "c39", cast('' as VARCHAR) as "c40", cast('' as VARCHAR) as "c41", cast('' as VARCHAR) as "c42", cast('' as VARCHAR) as "c43", cast('' as VARCHAR) as "c44", cast(null as BOOLEAN) as "c45", cast(null as BOOLEAN) as "c46", cast('' as VARCHAR) as "c47", cast(null as BIGINT) as "c48", cast(null as BIGINT) as "c49", cast('' as VARCHAR) as "c50", cast('' as VARCHAR) as "c51", cast(null as BIGINT) as "c52", cast(null as BIGINT) as "c53", cast('' as VARCHAR) as "c54", cast('' as VARCHAR) as "c55", cast('' as VARCHAR) as "c56", cast('' as VARCHAR) as "c57", cast('' as VARCHAR) as "c58", cast('' as VARCHAR) as "c59", cast('' as VARCHAR) as "c60", cast('' as VARCHAR) as "c61", cast(null as BIGINT) as "c62", cast('' as VARCHAR) as "c63", cast(null as BIGINT) as "c64", cast('' as VARCHAR) as "c65", cast('' as VARCHAR) as "c66", cast('' as VARCHAR) as "c67", cast(null as DOUBLE) as "c68", cast('' as VARCHAR) as "c69", cast('' as VARCHAR) as "c70", cast('' as VARCHAR) as "c71", cast('DeviceEvents' as VARCHAR) as "c72", cast('' as VARCHAR) as "c73", cast('' as VARCHAR) as "c74", cast('' as VARCHAR) as "c75", cast(null as BIGINT) as "c76"
        where false
      ) as "t1"
    ) as "g2"
    group by "a0"
  ) as "t3"
) as "t4"
