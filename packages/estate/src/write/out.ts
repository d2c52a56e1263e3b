import { dateText, dayOf, type Span, ticksPerDay, ticksPerSecond } from "../clock.ts";

/** Bytes that are being filled; whoever owns the buffer sees to it that a row fits. */
export interface Out {
  bytes: Buffer;
  at: number;
}

export function put(out: Out, fragment: Buffer): void {
  const { bytes, at } = out;
  const { length } = fragment;
  if (length < 24) for (let place = 0; place < length; place++) bytes[at + place] = fragment[place] ?? 0;
  else bytes.set(fragment, at);
  out.at = at + length;
}

export function putText(out: Out, text: string): void {
  out.at += out.bytes.write(text, out.at, "utf8");
}

/** A whole number from 0 to 2^53. */
export function putNumber(out: Out, value: number): void {
  let length = 1;
  for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) length++;
  let rest = value;
  for (let place = out.at + length - 1; place >= out.at; place--) {
    const shorter = Math.floor(rest / 10);
    out.bytes[place] = 48 + (rest - shorter * 10);
    rest = shorter;
  }
  out.at += length;
}

/** Writes ticks of a span as `2026-10-16T09:05:08.1234567Z`. */
export function createTimeWriter(span: Span): (out: Out, tick: number) => void {
  const dates = new Map<number, Buffer>();
  const dateOf = (day: number): Buffer => {
    const known = dates.get(day);
    if (known !== undefined) return known;
    const text = Buffer.from(`${dateText(span, day)}T`);
    dates.set(day, text);
    return text;
  };
  return (out, tick) => {
    const day = dayOf(tick);
    const within = tick - day * ticksPerDay;
    const second = Math.floor(within / ticksPerSecond);
    put(out, dateOf(day));
    putClock(out, second, within - second * ticksPerSecond);
  };
}

function putClock(out: Out, second: number, ticks: number): void {
  const { bytes, at } = out;
  putTwo(bytes, at, (second / 3600) | 0);
  bytes[at + 2] = 58;
  putTwo(bytes, at + 3, ((second / 60) | 0) % 60);
  bytes[at + 5] = 58;
  putTwo(bytes, at + 6, second % 60);
  bytes[at + 8] = 46;
  let rest = ticks;
  for (let place = at + 15; place > at + 8; place--) {
    const shorter = (rest / 10) | 0;
    bytes[place] = 48 + (rest - shorter * 10);
    rest = shorter;
  }
  bytes[at + 16] = 90;
  out.at = at + 17;
}

function putTwo(bytes: Buffer, at: number, value: number): void {
  const tens = (value / 10) | 0;
  bytes[at] = 48 + tens;
  bytes[at + 1] = 48 + value - tens * 10;
}
