import picocolors from "picocolors";

/** Colours for a stream: on a terminal that has them, unless NO_COLOR is set; anywhere if FORCE_COLOR is. */
export function colorsFor(stream: NodeJS.WriteStream): ReturnType<typeof picocolors.createColors> {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const wanted = FORCE_COLOR ? FORCE_COLOR !== "0" : stream.isTTY === true && TERM !== "dumb";
  return picocolors.createColors(!NO_COLOR && wanted);
}
