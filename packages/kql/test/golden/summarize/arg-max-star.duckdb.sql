select "c77", "c78", "c83"
from (
  select "c77", "c78", "c83"
  from (
    select "c77", struct_extract("r0", 'c1') as "c78", coalesce(struct_extract("r0", 'c6'), '') as "c83"
    from (
      select "c10" as "c77", arg_max({'c1': "c1", 'c6': "c6"}, coalesce("c1", (-4611686018427387904))) as "r0"
      from (
        select cast(null as BIGINT) as "c1", cast('' as VARCHAR) as "c6", cast('' as VARCHAR) as "c10"
        where false
      ) as "t1"
      group by "c10"
    ) as "t2"
  ) as "t3"
) as "t4"
