-- $1 = "action1 corporation"
-- $2 = "(?is)(?:^|[^\\p{L}\\p{N}])Action1 Corporation(?:$|[^\\p{L}\\p{N}])"
select "c9"
from (
  select cast('' as VARCHAR) as "c9", cast('' as VARCHAR) as "c18"
  where false
) as "t1"
where (contains(lower("c18"), $1) and regexp_matches("c18", $2))
