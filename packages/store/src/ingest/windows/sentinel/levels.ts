/** SQL of the name of an event's level. */
export const levelName: string =
  "case e.level when '0' then 'LogAlways' when '1' then 'Critical' when '2' then 'Error' when '3' then 'Warning' when '4' then 'Information' when '5' then 'Verbose' end";

/** SQL of a text where it is a number: winlogbeat says tasks in words, which no column holds. */
export function whole(text: string): string {
  return `case when regexp_full_match(${text}, '[0-9]+') then ${text} end`;
}
