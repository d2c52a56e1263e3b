import type { WrittenPiece } from "../../engines/answers.ts";

/** A part of a body: text of ours, or rows as the engine wrote them. */
export type BodyPart = string | Uint8Array;

/** What a body says beside its rows. */
export interface BodyContext {
  readonly clientRequestId: string;
  readonly activityId: string;
  /** Kusto's text of how `render` wants the rows shown. */
  readonly visualization: string;
  /** The clock as Kusto's datetime text. */
  now(): string;
  /** The pieces, as long as they stay within the limits; throws beyond them. */
  limited(pieces: AsyncGenerator<WrittenPiece, void, undefined>): AsyncGenerator<WrittenPiece, void, undefined>;
  /** What a person reads of a failure after the first rows. */
  failureText(error: unknown): string;
  /** Whether somebody ended the query. */
  isCancelled(error: unknown): boolean;
  /** The same as Kusto's error object. */
  failureBody(error: unknown): object;
}

/** Frames as they are asked for. */
export interface FrameOptions {
  readonly progressive: boolean;
  readonly fragmented: boolean;
  readonly newlines: boolean;
  readonly errorsAtEnd: boolean;
}

export const plainFrames: FrameOptions = { progressive: false, fragmented: false, newlines: false, errorsAtEnd: false };
