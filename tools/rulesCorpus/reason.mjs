/** A diagnostic without what differs from rule to rule, so that equal reasons add up. */
export function reasonOf({ code, message }) {
  return `${code}: ${message
    .replace(/\s+/g, " ")
    .replace(/^In the function '\w+': /, "in a function: ")
    .slice(0, 150)}`;
}
